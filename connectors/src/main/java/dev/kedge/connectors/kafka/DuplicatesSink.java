// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.codec.CreativeDuplicatesJson;
import dev.kedge.operators.creative.CreativeDuplicates;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * Near-duplicates as JSON, keyed by model and creative with a bar between, so that the last record
 * of a key is the newest word on the creative.
 */
public final class DuplicatesSink {
    private DuplicatesSink() {}

    /** A sink that writes to an output. */
    public static KafkaSink<CreativeDuplicates> to(KafkaOutput output) {
        return output.sink(new Writer(output.topic()));
    }

    /** The key of a record: the same for the same creative, and for no other. */
    public static String key(CreativeDuplicates duplicates) {
        return Bars.between(duplicates.model(), duplicates.creative());
    }

    /** Writes near-duplicates. */
    private static final class Writer extends TopicWriter<CreativeDuplicates> {
        private static final long serialVersionUID = 1L;

        Writer(String topic) {
            super(topic);
        }

        @Override
        String key(CreativeDuplicates duplicates) {
            return DuplicatesSink.key(duplicates);
        }

        @Override
        byte[] bytes(CreativeDuplicates duplicates) {
            return CreativeDuplicatesJson.encode(duplicates);
        }
    }
}
