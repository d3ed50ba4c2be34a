// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.testing.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TopicsITCase {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void createsOnceAndNamesWhatIsMissing() {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            assertThat(topics.create("a", 3, Map.of("cleanup.policy", "compact"))).isTrue();
            assertThat(topics.create("a", 3)).isFalse();
            assertThat(topics.names()).containsExactly("a");
            topics.require(List.of("a"));
            topics.create("d", 1, Map.of("retention.ms", "60000", "min.insync.replicas", "2"));
            topics.create("e", 1, Map.of("retention.ms", "-1", "cleanup.policy", "compact,delete"));
            topics.awaitKnown(List.of("a", "d", "e"));
            assertThat(topics.settings(List.of("a", "d", "e")))
                    .containsExactly(
                            entry("a", new TopicSettings(1, 1, Optional.empty(), true)),
                            entry("d", new TopicSettings(1, 2, Optional.of(MINUTE), false)),
                            entry("e", new TopicSettings(1, 1, Optional.empty(), true)));
            assertThatThrownBy(() -> topics.require(List.of("a", "b", "c")))
                    .isInstanceOf(MissingTopicException.class)
                    .hasMessageContaining("b, c")
                    .hasMessageContaining("--create --topic b")
                    .hasMessageContaining(broker.bootstrapServers());
            assertThatThrownBy(() -> topics.create("bad name", 1))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("bad name");
        }
    }

    @Test
    void tellsIdsAndHowFarAGroupIsBehind() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            topics.create("a", 2);
            topics.create("b", 1);
            Properties kafka = new Properties();
            kafka.put("bootstrap.servers", broker.bootstrapServers());
            kafka.put("group.id", "readers");
            try (KafkaProducer<byte[], byte[]> to =
                    new KafkaProducer<>(
                            kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < 5; i++) {
                    to.send(new ProducerRecord<>("a", i % 2, null, new byte[] {1})).get();
                }
                to.send(new ProducerRecord<>("b", new byte[] {1})).get();
            }
            assertThat(topics.lag("readers", List.of("a", "b"))).isEqualTo(6);
            try (KafkaConsumer<byte[], byte[]> from =
                    new KafkaConsumer<>(
                            kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                from.commitSync(Map.of(new TopicPartition("a", 0), new OffsetAndMetadata(2)));
            }
            assertThat(topics.lag("readers", List.of("a", "b"))).isEqualTo(4);
            assertThat(topics.lag("readers", List.of("b"))).isEqualTo(1);
            assertThat(topics.ids(List.of("a", "b")).values())
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.length() > 10);
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(() -> Topics.connect("127.0.0.1:1", SHORT))
                .isInstanceOf(BrokerUnreachableException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("within 1 s:");
    }

    @Test
    void anAddressThatCannotBeIsNamed() {
        assertThatThrownBy(() -> Topics.connect("nowhere.invalid:9092", SHORT))
                .isInstanceOf(BrokerUnreachableException.class)
                .hasMessageContaining("nowhere.invalid");
        assertThatThrownBy(() -> Topics.connect("no-port", SHORT))
                .isInstanceOf(BrokerUnreachableException.class)
                .hasMessageContaining("no-port");
    }
}
