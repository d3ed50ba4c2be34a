// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Plays records onto a topic in their order, keyed by model, at a pace. One thread plays; any
 * thread may stop it. Records carry the time at which they are sent, not the event's: brokers
 * delete by it.
 */
public final class RecordPlayer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Pace pace;
    private final Progress progress;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Plays onto a topic of a Kafka that needs no further settings. */
    public RecordPlayer(String bootstrapServers, String topic, Pace pace, Progress progress) {
        this(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                topic,
                pace,
                progress);
    }

    /** Plays onto a topic with settings of the Kafka producer of one's own over ours. */
    public RecordPlayer(Map<?, ?> settings, String topic, Pace pace, Progress progress) {
        this.topic = Objects.requireNonNull(topic, "topic");
        this.pace = Objects.requireNonNull(pace, "pace");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.producer =
                new KafkaProducer<>(
                        over(settings), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Plays until the records end or {@link #stop} is called, and waits until all is acknowledged.
     *
     * @return how many records were played
     * @throws KafkaException if a record cannot be delivered
     */
    public long play(Iterator<SimulatedRecord> records) {
        long played = 0;
        long first = Long.MIN_VALUE;
        long began = System.nanoTime();
        while (stopped.getCount() > 0 && records.hasNext()) {
            SimulatedRecord next = records.next();
            first = first == Long.MIN_VALUE ? next.arrivesAt() : first;
            if (!waitUntil(began, pace.due(next.arrivesAt() - first).toNanos())) {
                break;
            }
            send(next);
            played++;
            progress.played(played, next.arrivesAt());
        }
        producer.flush();
        checkDelivered();
        return played;
    }

    /** Ends playing after the record that is being sent; it cannot be taken up again. */
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        stop();
        producer.close();
    }

    /** Waits and says whether to go on. */
    private boolean waitUntil(long began, long dueNanos) {
        long left = began + dueNanos - System.nanoTime();
        if (left <= 0) {
            return true;
        }
        try {
            return !stopped.await(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // What the future would tell, the callback keeps until the next record.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(SimulatedRecord next) {
        checkDelivered();
        byte[] key = next.key().getBytes(StandardCharsets.UTF_8);
        String to = next.topic().isEmpty() ? topic : next.topic();
        producer.send(
                new ProducerRecord<>(to, key, next.value()),
                (place, problem) -> {
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    private void checkDelivered() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new KafkaException("cannot play onto " + topic + ": " + problem, problem);
        }
    }

    private static Properties over(Map<?, ?> settings) {
        Properties all = new Properties();
        all.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        all.putAll(settings);
        return all;
    }

    /** Hears of every record that was handed to Kafka. */
    @FunctionalInterface
    public interface Progress {
        /** Hears of none. */
        Progress IGNORED = (records, eventTime) -> {};

        /**
         * Called after each record, on the playing thread.
         *
         * @param records how many so far
         * @param eventTime where event time has come to, epoch milliseconds
         */
        void played(long records, long eventTime);
    }
}
