// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicPartitionsTest {
    private static final Duration SOON = Duration.ofMillis(200);

    /** Does not know its topic at first, as a broker a moment after it was created. */
    private static final class Slow extends MockConsumer<byte[], byte[]> {
        private int asked;
        private final int unknown;

        Slow(int unknown) {
            super("earliest");
            this.unknown = unknown;
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            asked++;
            return asked <= unknown ? List.of() : List.of(partition(topic, 0), partition(topic, 1));
        }

        private static PartitionInfo partition(String topic, int number) {
            return new PartitionInfo(topic, number, Node.noNode(), new Node[0], new Node[0]);
        }
    }

    @Test
    void aTopicThatIsNotKnownYetIsAskedForAgain() {
        try (Slow consumer = new Slow(2)) {
            assertThat(TopicPartitions.of(consumer, "scores"))
                    .containsExactly(
                            new TopicPartition("scores", 0), new TopicPartition("scores", 1));
            assertThat(consumer.asked).isEqualTo(3);
        }
    }

    @Test
    void aTopicThatNeverIsKnownIsNamed() {
        try (Slow consumer = new Slow(Integer.MAX_VALUE)) {
            assertThatExceptionOfType(MissingTopicException.class)
                    .isThrownBy(() -> TopicPartitions.of(consumer, "scores", SOON))
                    .withMessageContaining("scores");
        }
    }
}
