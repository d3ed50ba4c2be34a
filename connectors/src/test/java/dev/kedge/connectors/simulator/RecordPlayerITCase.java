// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.kafka.Topics;
import dev.kedge.connectors.kafka.testing.TopicReader;
import dev.kedge.connectors.simulator.RecordPlayer.Progress;
import dev.kedge.connectors.testing.Patience;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordPlayerITCase {
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        try (Topics topics = Topics.connect(broker.bootstrapServers(), Patience.TIME)) {
            topics.create("all", 1);
            topics.create("paced", 1);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void playsAllRecordsInTheirOrderKeyedByModel() {
        MarketConfig config = MarketConfig.DEFAULT.withSize(2, 5, 10);
        AtomicLong seen = new AtomicLong();
        long played;
        try (RecordPlayer player =
                player("all", Pace.unthrottled(), (records, time) -> seen.set(records))) {
            played = player.play(new MarketSimulator(config));
        }

        List<ConsumerRecord<byte[], byte[]>> records =
                TopicReader.records(broker, "all", (int) played);
        MarketSimulator again = new MarketSimulator(config);
        assertThat(seen).hasValue(played);
        assertThat(records).hasSize((int) played);
        for (ConsumerRecord<byte[], byte[]> found : records) {
            SimulatedRecord expected = again.next();
            assertThat(new String(found.key(), UTF_8)).isEqualTo(expected.key());
            assertThat(found.value()).isEqualTo(expected.value());
        }
    }

    @Test
    void keepsThePace() {
        try (RecordPlayer player = player("paced", Pace.times(1000), Progress.IGNORED)) {
            long began = System.nanoTime();
            player.play(List.of(entryAt(0), entryAt(100_000), entryAt(300_000)).iterator());

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void stopsWhileItWaits() {
        AtomicLong seen = new AtomicLong();
        Iterator<SimulatedRecord> records = List.of(entryAt(0), entryAt(86_400_000)).iterator();
        try (RecordPlayer player =
                player("paced", Pace.times(1), (played, time) -> seen.set(played))) {
            CompletableFuture<Long> playing =
                    CompletableFuture.supplyAsync(() -> player.play(records));
            await().until(() -> seen.get() == 1);

            player.stop();

            await().until(playing::isDone);
            assertThat(playing.join()).isEqualTo(1);
        }
    }

    @Test
    void tellsWhenNothingCanBeDelivered() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("max.block.ms", "500");
        try (RecordPlayer player =
                new RecordPlayer(settings, "missing", Pace.unthrottled(), Progress.IGNORED)) {
            assertThatThrownBy(() -> player.play(List.of(entryAt(0)).iterator()))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("missing");
        }
    }

    @Test
    void refusesASpeedThatIsNone() {
        assertThatThrownBy(() -> Pace.times(0)).hasMessageContaining("speed is 0.0");
        assertThatThrownBy(() -> Pace.times(Double.NaN)).hasMessageContaining("NaN");
    }

    private static RecordPlayer player(String topic, Pace pace, Progress progress) {
        return new RecordPlayer(broker.bootstrapServers(), topic, pace, progress);
    }

    private static SimulatedRecord entryAt(long millis) {
        return SimulatedRecord.of(new CreativeReactivated("m", "c", 1_700_000_000_000L + millis));
    }
}
