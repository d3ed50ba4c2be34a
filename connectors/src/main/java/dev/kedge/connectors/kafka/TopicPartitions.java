// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The partitions of a topic for a reader that takes all of them. A broker may not know a topic yet
 * that was created a moment ago: who reads then has no partition at all.
 */
public final class TopicPartitions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private TopicPartitions() {}

    /**
     * Asks until the topic is known.
     *
     * @throws MissingTopicException if it is not within half a minute
     */
    public static List<TopicPartition> of(Consumer<?, ?> consumer, String topic) {
        return of(consumer, topic, PATIENCE);
    }

    static List<TopicPartition> of(Consumer<?, ?> consumer, String topic, Duration patience) {
        Instant end = Instant.now().plus(patience);
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        while (known == null || known.isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new MissingTopicException("the brokers", List.of(topic));
            }
            pause();
            known = consumer.partitionsFor(topic);
        }
        return known.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
