// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.codec.ClassifierMetricsJson;
import dev.kedge.connectors.codec.ClassifierScoreJson;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * What a classifier says, as JSON. Scores are keyed by model and id with a bar between, so that the
 * last record of a key is the newest word on that sample; metrics are keyed by model.
 */
public final class ClassifierSinks {
    private ClassifierSinks() {}

    /** A sink that writes scores to an output. */
    public static KafkaSink<ClassifierScore> scores(KafkaOutput output) {
        return output.sink(new Scores(output.topic()));
    }

    /** A sink that writes metrics to an output. */
    public static KafkaSink<ClassifierMetrics> metrics(KafkaOutput output) {
        return output.sink(new Metrics(output.topic()));
    }

    /** The key of a score's record. */
    public static String key(ClassifierScore score) {
        return Bars.between(score.model(), score.id());
    }

    /** Writes scores. */
    private static final class Scores extends TopicWriter<ClassifierScore> {
        private static final long serialVersionUID = 1L;

        Scores(String topic) {
            super(topic);
        }

        @Override
        String key(ClassifierScore score) {
            return ClassifierSinks.key(score);
        }

        @Override
        byte[] bytes(ClassifierScore score) {
            return ClassifierScoreJson.encode(score);
        }
    }

    /** Writes metrics. */
    private static final class Metrics extends TopicWriter<ClassifierMetrics> {
        private static final long serialVersionUID = 1L;

        Metrics(String topic) {
            super(topic);
        }

        @Override
        String key(ClassifierMetrics metrics) {
            return metrics.model();
        }

        @Override
        byte[] bytes(ClassifierMetrics metrics) {
            return ClassifierMetricsJson.encode(metrics);
        }
    }
}
