// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what committed records a topic of one partition holds. */
public final class TopicReader {
    private TopicReader() {}

    /** Waits for that many records and returns them. */
    public static List<ConsumerRecord<byte[], byte[]>> records(
            EmbeddedBroker broker, String topic, int count) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            await().untilAsserted(
                            () -> {
                                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                                assertThat(found).hasSizeGreaterThanOrEqualTo(count);
                            });
            return found;
        }
    }

    /** Waits for that many records and returns their values as text. */
    public static List<String> values(EmbeddedBroker broker, String topic, int count) {
        return records(broker, topic, count).stream()
                .map(found -> new String(found.value(), UTF_8))
                .toList();
    }
}
