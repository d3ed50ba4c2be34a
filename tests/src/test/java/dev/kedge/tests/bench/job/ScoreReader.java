// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a job's scores as its users do, on a thread of its own, and tells the phase that runs. */
final class ScoreReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ToLongBiFunction<byte[], byte[]> id;
    private final Thread thread;
    private final LongAdder bytes = new LongAdder();
    private volatile Phase phase = new Phase(List.of());

    /**
     * Begins to read.
     *
     * @param topic of the scores
     * @param committed whether to read what is committed only
     * @param id of a score's key and value
     */
    ScoreReader(
            String servers,
            String topic,
            int partitions,
            boolean committed,
            ToLongBiFunction<byte[], byte[]> id) {
        this.id = id;
        consumer = new KafkaConsumer<>(settings(servers, committed));
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread = new Thread(this::read, "bench-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> settings(String servers, boolean committed) {
        IsolationLevel isolation =
                committed ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.name().toLowerCase(Locale.ROOT),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName(),
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class.getName());
    }

    /** From now on scores are those of that phase. */
    void follow(Phase next) {
        phase = next;
    }

    /** Bytes of all scores so far, keys left out. */
    long bytes() {
        return bytes.sum();
    }

    private void read() {
        try {
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long now = System.nanoTime();
                Phase current = phase;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    bytes.add(record.value().length);
                    long which = id.applyAsLong(record.key(), record.value());
                    current.read(which, now, record.timestamp());
                }
            }
        } catch (WakeupException e) {
            consumer.close();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
