// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.Samples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.operators.ads.creative.CreativeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeJsonTest {
    @Test
    void theTimeIsFoundWithoutReadingTheRest() {
        assertThat(EventTimeJson.at("{\"x\":{\"at\":1},\"at\":1600000000000,".getBytes(UTF_8)))
                .hasValue(1_600_000_000_000L);
        assertThat(EventTimeJson.at("{\"at\":\"2020-09-13T12:26:40Z\"}".getBytes(UTF_8)))
                .hasValue(1_600_000_000_000L);
    }

    @Test
    void itIsTheTimeThatTheDecoderReads() {
        for (CreativeEvent event : Samples.events()) {
            assertThat(EventTimeJson.at(CreativeEventJson.encode(event))).hasValue(event.at());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"at\":true}",
                "{\"at\":\"soon\"}",
                "{\"at\":5}",
                "{\"at\":",
                "\u0000",
                "{\"at\":99999999999999999999999}"
            })
    void whatDoesNotTellATimeTellsNone(String json) {
        assertThat(EventTimeJson.at(json.getBytes(UTF_8))).isEmpty();
    }
}
