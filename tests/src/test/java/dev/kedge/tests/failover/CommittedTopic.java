// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.failover;

import dev.kedge.connectors.kafka.TopicPartitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows a topic from its beginning, committed records only. */
public final class CommittedTopic implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, List<String>> values = new TreeMap<>();
    private long count;

    /** Starts at the beginning of every partition. */
    public CommittedTopic(String bootstrapServers, String topic) {
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = TopicPartitions.of(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what is there now and says how many records were read so far. */
    public long read() {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
            String key = found.key() == null ? "" : new String(found.key(), StandardCharsets.UTF_8);
            values.computeIfAbsent(key, name -> new ArrayList<>())
                    .add(new String(found.value(), StandardCharsets.UTF_8));
            count++;
        }
        return count;
    }

    /** Reads all that is committed by now. */
    public void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (!ends.keySet().stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
            read();
        }
    }

    /** Values by key, in their order. */
    public Map<String, List<String>> values() {
        return values;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
