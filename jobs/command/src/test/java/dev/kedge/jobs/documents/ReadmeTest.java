// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.json.UndecodableException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern EVENT = Pattern.compile("(?m)^ *(\\{\"type\":.*})$");

    @Test
    void everyEventIsRead() throws UndecodableException {
        List<String> events = events(Documents.read("README.md"));

        assertThat(events).hasSize(3);
        for (String event : events) {
            assertThat(new CreativeEventJson().decode(event.getBytes(UTF_8)).model())
                    .isEqualTo("fr");
        }
    }

    @Test
    void samplesAndLabelsOfTheClassifierAreJson() throws Exception {
        List<String> records =
                Pattern.compile("(?m)^ *(\\{\"model\":\"shop\".*})$")
                        .matcher(Documents.read("README.md"))
                        .results()
                        .map(found -> found.group(1))
                        .toList();

        assertThat(records).hasSize(2);
        assertThat(new LabelJson().decode(records.get(1).getBytes(UTF_8)).label())
                .isEqualTo("shoe");
    }

    private static List<String> events(String document) {
        return EVENT.matcher(document).results().map(found -> found.group(1)).toList();
    }
}
