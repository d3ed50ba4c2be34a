// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Writes values as records of one topic. Records carry the producer's time and not the event's:
 * brokers delete by it, so replayed history would be gone at once, and refuse what lies ahead.
 *
 * @param <T> type of the values
 */
final class TopicWriter<T> implements KafkaRecordSerializationSchema<T> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final SerializableFunction<T, String> key;
    private final SerializableFunction<T, byte[]> value;
    private final SerializableFunction<T, List<Header>> headers;

    TopicWriter(
            String topic,
            SerializableFunction<T, String> key,
            SerializableFunction<T, byte[]> value,
            SerializableFunction<T, List<Header>> headers) {
        this.topic = topic;
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T record, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic,
                null,
                null,
                key.apply(record).getBytes(StandardCharsets.UTF_8),
                value.apply(record),
                headers.apply(record));
    }
}
