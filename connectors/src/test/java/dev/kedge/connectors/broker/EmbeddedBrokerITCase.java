// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.kafka.testing.TopicReader;
import dev.kedge.connectors.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerITCase {

    @Test
    void keepsWhatWasProducedThroughARestart(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            createTopic(broker, "t");
            produce(broker, Map.of(), "first");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            produce(broker, Map.of("transactional.id", "tx"), "second");

            assertThat(TopicReader.values(broker, "t", 2)).containsExactly("first", "second");
        }
    }

    @Test
    void whatIsBeyondATopicsBoundsLeavesTheDiskSoon(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
                String megabyte = Integer.toString(1 << 20);
                topics.create(
                        "t", 1, Map.of("retention.bytes", megabyte, "segment.bytes", megabyte));
            }
            String large = "x".repeat(200_000);
            for (int i = 0; i < 50; i++) {
                produce(broker, Map.of(), large);
            }

            await().untilAsserted(
                            () ->
                                    assertThat(logBytes(folder.resolve("t-0")))
                                            .isBetween(1L << 20, 3L << 20));
        }
    }

    private static long logBytes(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(file -> !file.toString().contains("index"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void closingTwiceDoesNoHarm() {
        EmbeddedBroker broker = EmbeddedBroker.start();

        broker.close();
        broker.close();

        assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
    }

    @Test
    void aPortThatIsTakenIsNamed(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken");
        }
    }

    private static void createTopic(EmbeddedBroker broker, String name) {
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            topics.create(name, 1);
        }
    }

    private static void produce(EmbeddedBroker broker, Map<String, String> more, String value)
            throws Exception {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> entry = new ProducerRecord<>("t", value.getBytes(UTF_8));
            if (more.isEmpty()) {
                producer.send(entry).get();
                return;
            }
            producer.initTransactions();
            producer.beginTransaction();
            Future<?> sent = producer.send(entry);
            producer.commitTransaction();
            sent.get();
        }
    }
}
