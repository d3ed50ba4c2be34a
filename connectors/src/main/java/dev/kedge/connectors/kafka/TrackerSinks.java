// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.codec.TrackerMetricsJson;
import dev.kedge.connectors.codec.TrackerScoreJson;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * What a tracker says, as JSON. Scores are keyed by model, stream and frame with bars between, so
 * that what is sent again after a failure has the key that it had; metrics are keyed by model.
 */
public final class TrackerSinks {
    private TrackerSinks() {}

    /** A sink that writes scores to an output. */
    public static KafkaSink<TrackerScore> scores(KafkaOutput output) {
        return output.sink(new Scores(output.topic()));
    }

    /** A sink that writes metrics to an output. */
    public static KafkaSink<TrackerMetrics> metrics(KafkaOutput output) {
        return output.sink(new Metrics(output.topic()));
    }

    /** The key of a score's record. */
    public static String key(TrackerScore score) {
        return Bars.between(score.model(), score.stream()) + "|" + score.frame();
    }

    /** Writes scores. */
    private static final class Scores extends TopicWriter<TrackerScore> {
        private static final long serialVersionUID = 1L;

        Scores(String topic) {
            super(topic);
        }

        @Override
        String key(TrackerScore score) {
            return TrackerSinks.key(score);
        }

        @Override
        byte[] bytes(TrackerScore score) {
            return TrackerScoreJson.encode(score);
        }
    }

    /** Writes metrics. */
    private static final class Metrics extends TopicWriter<TrackerMetrics> {
        private static final long serialVersionUID = 1L;

        Metrics(String topic) {
            super(topic);
        }

        @Override
        String key(TrackerMetrics metrics) {
            return metrics.model();
        }

        @Override
        byte[] bytes(TrackerMetrics metrics) {
            return TrackerMetricsJson.encode(metrics);
        }
    }
}
