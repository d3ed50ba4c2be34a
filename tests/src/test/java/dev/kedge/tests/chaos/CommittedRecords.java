// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.testing.Patience;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * All committed records of a topic of one partition, as a reader under {@code read_committed} sees
 * them, in their order within each group.
 */
public final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(200);

    private final SortedMap<String, List<Entry>> groups = new TreeMap<>();
    private long count;

    /**
     * A record.
     *
     * @param key as text
     * @param sha256 of key, value and headers
     */
    public record Entry(String key, String sha256) {}

    /**
     * Reads a topic to its end.
     *
     * @param groupOf what group a key belongs to
     * @throws org.awaitility.core.ConditionTimeoutException if a transaction stays open and hides
     *     the end
     */
    public static CommittedRecords read(
            String bootstrapServers, String topic, UnaryOperator<String> groupOf) {
        CommittedRecords records = new CommittedRecords();
        TopicPartition partition = new TopicPartition(topic, 0);
        long end = end(bootstrapServers, partition);
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(bootstrapServers, "read_committed")) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await("committed records of " + topic)
                    .atMost(Patience.TIME)
                    .pollInterval(Duration.ofMillis(1))
                    .until(
                            () -> {
                                consumer.poll(POLL).forEach(found -> records.add(found, groupOf));
                                return consumer.position(partition) >= end;
                            });
        }
        return records;
    }

    private static long end(String bootstrapServers, TopicPartition partition) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(bootstrapServers, "read_uncommitted")) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String servers, String isolation) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", servers);
        settings.put("isolation.level", isolation);
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void add(ConsumerRecord<byte[], byte[]> found, UnaryOperator<String> groupOf) {
        String key = new String(found.key(), StandardCharsets.UTF_8);
        groups.computeIfAbsent(groupOf.apply(key), group -> new ArrayList<>())
                .add(new Entry(key, digest(found)));
        count++;
    }

    private static String digest(ConsumerRecord<byte[], byte[]> found) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, found.key());
            update(digest, found.value());
            for (Header header : found.headers()) {
                update(digest, header.key().getBytes(StandardCharsets.UTF_8));
                update(digest, header.value());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, byte[] bytes) {
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /** Entries by group, in their order. */
    public SortedMap<String, List<Entry>> groups() {
        return groups;
    }
}
