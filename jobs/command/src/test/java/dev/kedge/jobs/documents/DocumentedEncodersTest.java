// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.operators.image.ImageShape;
import org.junit.jupiter.api.Test;

class DocumentedEncodersTest {
    private final String document = Documents.read("docs/encoders.md");

    @Test
    void theExampleIsAJobFileWithBothEncoders() {
        String yaml = Documents.blocks(document, "yaml").get(0);
        DiscontinuationFile file = (DiscontinuationFile) Jobs.parse(yaml, "example").settings();

        assertThat(file.encoders().text().on()).isTrue();
        assertThat(file.encoders().image().on()).isTrue();
    }

    @Test
    void theExampleOfALaunchHasAThumbnail() throws UndecodableException {
        String event = Documents.blocks(document, "json").get(0);

        assertThat(new CreativeEventJson().show(event.getBytes(UTF_8)).image())
                .hasValueSatisfying(
                        image -> assertThat(image.shape()).isEqualTo(new ImageShape(3, 1, 2)));
    }
}
