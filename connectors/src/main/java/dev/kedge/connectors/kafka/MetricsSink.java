// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.codec.ModelMetricsJson;
import dev.kedge.operators.creative.ModelMetrics;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** Metrics of models as JSON, keyed by model. */
public final class MetricsSink {
    private MetricsSink() {}

    /** A sink that writes to an output. */
    public static KafkaSink<ModelMetrics> to(KafkaOutput output) {
        return output.sink(new Writer(output.topic()));
    }

    /** Writes metrics. */
    private static final class Writer extends TopicWriter<ModelMetrics> {
        private static final long serialVersionUID = 1L;

        Writer(String topic) {
            super(topic);
        }

        @Override
        String key(ModelMetrics metrics) {
            return metrics.model();
        }

        @Override
        byte[] bytes(ModelMetrics metrics) {
            return ModelMetricsJson.encode(metrics);
        }
    }
}
