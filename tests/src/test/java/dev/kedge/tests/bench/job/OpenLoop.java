// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events on a schedule that does not wait for the job: what comes late because something
 * stood still counts as late.
 */
final class OpenLoop implements AutoCloseable {
    /** Shorter sleeps cost a processor more than they are worth. */
    private static final long SHORTEST_SLEEP = 300_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    OpenLoop(String servers, String topic) {
        this.topic = topic;
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers,
                                ProducerConfig.ACKS_CONFIG,
                                "1",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                false,
                                ProducerConfig.LINGER_MS_CONFIG,
                                1,
                                ProducerConfig.BUFFER_MEMORY_CONFIG,
                                128 << 20),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Sends all of a phase at once. */
    void all(Phase phase) {
        play(phase, 0);
    }

    /** Sends a phase, so many events a second. */
    void at(Phase phase, double perSecond) {
        play(phase, 1e9 / perSecond);
    }

    // Whoever sends is told by the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void play(Phase phase, double nanos) {
        List<PlannedEvent> events = phase.events();
        long start = System.nanoTime();
        for (int i = 0; i < events.size(); i++) {
            long due = start + (long) (i * nanos);
            phase.due(i, due);
            sleepUntil(due);
            producer.send(
                    new ProducerRecord<>(topic, events.get(i).key(), events.get(i).value()),
                    (place, problem) -> note(problem));
        }
        producer.flush();
        Exception problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("an event was not taken: " + problem, problem);
        }
    }

    private void note(Exception problem) {
        if (problem != null) {
            failure.compareAndSet(null, problem);
        }
    }

    private static void sleepUntil(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(Math.max(left, SHORTEST_SLEEP));
            left = due - System.nanoTime();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
