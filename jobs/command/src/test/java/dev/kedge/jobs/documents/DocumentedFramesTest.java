// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.json.CommandJson;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every example of a tracker's records is read with the codec that reads the topic. */
class DocumentedFramesTest {
    private final List<String> examples = examples();

    private static List<String> examples() {
        String document = Documents.read("docs/events.md");
        String section = document.substring(document.indexOf("\n## Tracking\n") + 1);
        int next = section.indexOf("\n## ");
        return Documents.blocks(next < 0 ? section : section.substring(0, next), "json");
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
    void framesOfBothKindsAreRead() throws UndecodableException {
        ImageShape crop = new ImageShape(1, 2, 3);

        assertThat(new FrameJson(new TrackerSettings.Input(2, crop)).decode(example(0)).frame())
                .matches(frame -> frame.detections().size() == 2);
        assertThat(new FrameJson(new TrackerSettings.Input(0, crop)).decode(example(1)).last())
                .isTrue();
    }

    @Test
    void aScoreIsWrittenAsItStandsThere() throws UndecodableException {
        byte[] written =
                RecordJson.of(TrackerScore.class)
                        .encode(RecordJson.of(TrackerScore.class).decode(example(2)));

        assertThat(new String(written, UTF_8)).isEqualTo(oneLine(2));
    }

    @Test
    void metricsAreWrittenAsTheyStandThere() throws UndecodableException {
        byte[] written =
                RecordJson.of(TrackerMetrics.class)
                        .encode(RecordJson.of(TrackerMetrics.class).decode(example(3)));

        assertThat(new String(written, UTF_8)).isEqualTo(oneLine(3));
    }

    @Test
    void theCommandsAreRead() throws UndecodableException {
        List<Verb> verbs = new ArrayList<>();
        for (String line : examples.get(4).lines().toList()) {
            verbs.add(new CommandJson(TrackerSettings.WEIGHTS).decode(line.getBytes(UTF_8)).verb());
        }

        assertThat(verbs)
                .containsExactly(
                        Verb.WEIGHT, Verb.FORGET_STREAM, Verb.FORGET_TRACK, Verb.FORGET_BEFORE);
    }
}
