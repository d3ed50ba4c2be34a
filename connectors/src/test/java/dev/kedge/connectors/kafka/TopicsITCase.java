// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TopicsITCase {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void createsOnceAndNamesWhatIsMissing() {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Topics topics = Topics.connect(broker.bootstrapServers(), Duration.ofSeconds(10))) {
            assertThat(topics.create("a", 3, Map.of("cleanup.policy", "compact"))).isTrue();
            assertThat(topics.create("a", 3)).isFalse();
            assertThat(topics.names()).containsExactly("a");
            topics.require(List.of("a"));
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
    void aBrokerThatDoesNotAnswerIsNamed() {
        assertThatThrownBy(() -> Topics.connect("127.0.0.1:1", SHORT))
                .isInstanceOf(BrokerUnreachableException.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageContaining("1000 ms");
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
