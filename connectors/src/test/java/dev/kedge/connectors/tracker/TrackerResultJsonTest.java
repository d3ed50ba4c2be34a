// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.tracker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.operators.tracker.ctvis.Box;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackerResultJsonTest {
    @Test
    void aScoreIsReadBackAsItWasWritten() throws UndecodableException {
        byte[] bytes = RecordJson.of(TrackerScore.class).encode(TrackerSamples.score());

        assertThat(RecordJson.of(TrackerScore.class).decode(bytes))
                .isEqualTo(TrackerSamples.score());
        assertThat(new String(bytes, UTF_8))
                .contains(
                        "\"track\":3,\"similarity\":0.1,\"isNew\":false,\"sightings\":12,\"class\":\"car\",\"box\":[1.0,2.0,3.5,4.0]",
                        "{\"track\":-1,\"dropped\":\"weak\"}");
    }

    @Test
    void aScoresBoxHasTheNumbersThatCameWithTheFrame() throws UndecodableException {
        TrackerScore sample = TrackerSamples.score();
        Seen seen =
                new Seen(
                        3,
                        0.1,
                        false,
                        12,
                        Optional.empty(),
                        "car",
                        Optional.of(Box.ofSides(16.1, 20.7, 76.3, 0.1)));
        byte[] bytes =
                RecordJson.of(TrackerScore.class)
                        .encode(
                                new TrackerScore(
                                        sample.model(),
                                        sample.stream(),
                                        sample.frame(),
                                        sample.at(),
                                        List.of(seen),
                                        sample.bankSize(),
                                        sample.modelVersion(),
                                        sample.featureTime()));

        assertThat(new String(bytes, UTF_8)).contains("\"box\":[16.1,20.7,76.3,0.1]");
        assertThat(RecordJson.of(TrackerScore.class).decode(bytes).detections())
                .containsExactly(seen);
    }

    @Test
    void metricsAreReadBackAsTheyWereWritten() throws UndecodableException {
        byte[] bytes = RecordJson.of(TrackerMetrics.class).encode(TrackerSamples.metrics());

        assertThat(RecordJson.of(TrackerMetrics.class).decode(bytes))
                .isEqualTo(TrackerSamples.metrics());
        assertThat(new String(bytes, UTF_8)).contains("\"idRecall\":null");
    }

    @Test
    void anUnknownReasonIsRefused() {
        String score =
                new String(RecordJson.of(TrackerScore.class).encode(TrackerSamples.score()), UTF_8);

        assertThatThrownBy(
                        () ->
                                RecordJson.of(TrackerScore.class)
                                        .decode(
                                                score.replace("\"weak\"", "\"odd\"")
                                                        .getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("'dropped' is odd");
    }

    @Test
    void keysTellStreamsApart() {
        assertThat(ResultKeys.of(TrackerSamples.score())).isEqualTo("m|door\\|1|7");
    }
}
