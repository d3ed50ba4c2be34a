// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings.Input;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.image.ImageShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every example of a classifier's records is read with the codec that reads the topic. */
class DocumentedSamplesTest {
    private final List<String> examples = examples();

    private static List<String> examples() {
        String document = Documents.read("docs/events.md");
        return Documents.blocks(
                document.substring(document.indexOf("\n## Continual classification")), "json");
    }

    private byte[] example(int number) {
        return examples.get(number).getBytes(UTF_8);
    }

    private String oneLine(int number) {
        return examples.get(number).replaceAll("\\n *", "");
    }

    @Test
    void thereIsOneOfEachKind() {
        assertThat(examples).hasSize(5);
    }

    @Test
    void samplesOfBothKindsAreRead() throws UndecodableException {
        ImageShape image = new ImageShape(1, 2, 3);

        assertThat(new SampleJson(new Input(2, image)).decode(example(0)))
                .isInstanceOf(Sample.class);
        assertThat(new SampleJson(new Input(0, image)).decode(example(1)))
                .isInstanceOf(Sample.class);
    }

    @Test
    void aLabelIsRead() throws UndecodableException {
        assertThat(new LabelJson().decode(example(2)).label()).isEqualTo("dog");
    }

    @Test
    void aScoreIsWrittenAsItStandsThere() throws UndecodableException {
        byte[] written =
                RecordJson.of(ClassifierScore.class)
                        .encode(RecordJson.of(ClassifierScore.class).decode(example(3)));

        assertThat(new String(written, UTF_8)).isEqualTo(oneLine(3));
    }

    @Test
    void metricsAreWrittenAsTheyStandThere() throws UndecodableException {
        byte[] written =
                RecordJson.of(ClassifierMetrics.class)
                        .encode(RecordJson.of(ClassifierMetrics.class).decode(example(4)));

        assertThat(new String(written, UTF_8)).isEqualTo(oneLine(4));
    }
}
