// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.connectors.kafka.TopicSettings;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicFitTest {
    private static final TopicSettings FOR_EVER = kept(Optional.empty(), false);
    private static final DiscontinuationFile JOB =
            StrictYaml.parse(
                    """
                    topics: {creatives: in, scores: out, control: orders, decisions: decided}
                    checkpoints: {every: 10 s, retained: 3}
                    """,
                    DiscontinuationFile.DEFAULT,
                    DiscontinuationFile.class,
                    "test");

    private static TopicSettings kept(Optional<Duration> retention, boolean compacted) {
        return new TopicSettings(1, 1, retention, compacted);
    }

    private static TopicSettings kept(Duration retention) {
        return kept(Optional.of(retention), false);
    }

    private static List<String> check(String topic, TopicSettings is) {
        return new TopicFit(JOB, Map.of(topic, is)).check();
    }

    @Test
    void nothingIsSaidOfTopicsThatKeepTheirRecordsOrThatBrokersDoNotTellOf() {
        assertThat(
                        new TopicFit(
                                        JOB,
                                        Map.of(
                                                "in",
                                                kept(Duration.ofSeconds(30)),
                                                "out",
                                                kept(Duration.ofMillis(1)),
                                                "orders",
                                                FOR_EVER,
                                                "decided",
                                                FOR_EVER))
                                .check())
                .isEmpty();
        assertThat(new TopicFit(JOB, Map.of()).check()).isEmpty();
    }

    @Test
    void aTopicThatWouldForgetWhatACheckpointPointsToIsRefusedWithBothSettings() {
        for (String read : List.of("in", "orders")) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> check(read, kept(Duration.ofMillis(29_999))))
                    .withMessage(
                            "topic %s: retention.ms keeps records for 29999 ms, but"
                                    + " checkpoints.every (10 s) and checkpoints.retained (3) let"
                                    + " the job go on from a place that is 30 s old",
                            read);
        }
    }

    @Test
    void aTopicThatCannotHaveEnoughReplicasIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> check("out", new TopicSettings(1, 2, Optional.empty(), true)))
                .withMessage(
                        "topic out: min.insync.replicas is 2, but its partitions have 1: nothing"
                                + " could be written to it");
        assertThat(check("out", new TopicSettings(2, 2, Optional.empty(), true))).isEmpty();
        assertThat(check("in", new TopicSettings(1, 2, Optional.empty(), false))).isEmpty();
    }

    @Test
    void aCompactedInputIsTold() {
        assertThat(check("in", kept(Optional.empty(), true)))
                .containsExactly(
                        "Topic in is compacted (cleanup.policy): in the end the job reads only the"
                                + " last record of each key");
    }

    @Test
    void aTopicOfDecisionsThatForgetsIsTold() {
        assertThat(check("decided", kept(Duration.ofDays(7))))
                .containsExactly(
                        "Topic decided keeps only the last 7 d (retention.ms), so what is read"
                                + " back from it is not all that was decided; set retention.ms=-1"
                                + " and cleanup.policy=delete");
        assertThat(check("decided", kept(Optional.empty(), true)))
                .singleElement()
                .asString()
                .contains("only the last of each key (cleanup.policy)");
    }
}
