// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.state.random.RestorableRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoMomentTest {
    @Test
    void everyMomentIsWrittenAsAnInstantAndReadBack() {
        RestorableRandom random = RestorableRandom.seeded(5);
        long from = Instant.parse("-0010-01-01T00:00:00Z").toEpochMilli();
        long span = Instant.parse("+10010-01-01T00:00:00Z").toEpochMilli() - from;
        for (int i = 0; i < 20_000; i++) {
            long at = from + (long) (random.nextDouble() * span);
            at = i % 2 == 0 ? at - Math.floorMod(at, 1000) : at;
            String text = IsoMoment.write(at);

            assertThat(text).isEqualTo(Instant.ofEpochMilli(at).toString());
            assertThat(IsoMoment.read(text)).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00.1Z",
                "2026-03-01T12:00:00.12Z",
                "2026-03-01T12:00:00.1239Z",
                "1969-12-31T23:59:59.999999999Z",
                "2026-03-01T12:00Z",
                "2026-03-01t12:00:00z",
                "2026-03-01T12:00:00+01:00",
                "2026-03-01T12:00:00.5-18:00",
                "2024-02-29T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "+12345-01-01T00:00:00Z",
                "2026-03-01T23:59:59.Z",
            })
    void whatJavaReadsIsReadAsJavaDoes(String text) {
        assertThat(IsoMoment.read(text))
                .isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-02-29T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-01T12:00:00Z",
                "2026-03-01T12:60:00Z",
                "2026-03-01T12:00:60Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T25:00:00Z",
                "2026-03-01T12:00:00.1234567890Z",
                "2026-03-01T12:00:00,1Z",
                "2026-03-01 12:00:00Z",
                "2026-03-01T12:00:00",
                "2026-3-01T12:00:00Z",
                "２026-03-01T12:00:00Z",
            })
    void whatJavaRefusesIsRefused(String text) {
        assertThatThrownBy(() -> OffsetDateTime.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> IsoMoment.read(text)).isInstanceOf(DateTimeException.class);
    }
}
