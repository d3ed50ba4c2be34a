// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Writes values as records of one topic. Records carry the producer's time and not the event's:
 * brokers delete by it, so replayed history would be gone at once, and refuse what lies ahead.
 *
 * @param <T> type of the values
 */
abstract class TopicWriter<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    TopicWriter(String topic) {
        this.topic = topic;
    }

    abstract String key(T value);

    abstract byte[] bytes(T value);

    List<Header> headers(T value) {
        return List.of();
    }

    @Override
    public final ProducerRecord<byte[], byte[]> serialize(
            T value, KafkaSinkContext context, Long timestamp) {
        byte[] key = key(value).getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, null, null, key, bytes(value), headers(value));
    }
}
