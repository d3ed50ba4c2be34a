// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.encoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.image.Pixels;
import dev.kedge.connectors.onnx.EncodedCreatives;
import dev.kedge.connectors.onnx.testing.TinyOnnx;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.tests.failover.CommittedTopic;
import dev.kedge.tests.failover.PlainRun;
import dev.kedge.tests.failover.PlayedInParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole ad job with frozen encoders of texts and of thumbnails on a real broker, ended in the
 * middle and gone on from its checkpoint: every score is there once, and is the one that plain Java
 * computes from the same records with the same encoders.
 */
class EncodedJobITCase {

    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(5)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(4, 2, 30)
                    .withFaults(0, 0, 0);

    @TempDir private Path folder;

    private DiscontinuationFile file;
    private List<SimulatedRecord> records;

    @BeforeEach
    void write() {
        String texts =
                TinyOnnx.file(
                        folder.resolve("texts.onnx"),
                        TinyOnnx.texts(
                                Map.of("\ud83d\ude80 0", 2f, "1", -1f, "2", Float.NaN),
                                0.5f,
                                1f,
                                -1f));
        String images =
                TinyOnnx.file(
                        folder.resolve("images.onnx"),
                        TinyOnnx.images(
                                1,
                                1,
                                new float[] {1, 0, 0},
                                new float[] {0, 1, 0},
                                new float[] {0, 0, 1}));
        file =
                StrictYaml.parse(
                        """
                        encoders:
                          given: 1
                          text: {model: '%s', width: 2}
                          image: {model: '%s', size: [1, 1], width: 3}
                        discontinuation: {features: {embedding: 6}}
                        """
                                .formatted(texts, images),
                        DiscontinuationFile.DEFAULT,
                        DiscontinuationFile.class,
                        "test");
        records = new ArrayList<>();
        new MarketSimulator(MARKET)
                .forEachRemaining(record -> records.add(shown(record, records.size())));
    }

    /** Gives a launch what encoders read; every 41st record's text is one that they fail on. */
    private static SimulatedRecord shown(SimulatedRecord record, int index) {
        String event = new String(record.value(), UTF_8);
        if (!event.contains("\"type\":\"launched\"")) {
            return record;
        }
        byte colour = (byte) (index * 37);
        byte[] png = Pixels.png(new byte[] {colour, 60, 7}, new ImageShape(3, 1, 1));
        String text = index % 41 == 0 ? "2" : index % 2 == 0 ? "\ud83d\ude80 0" : "1";
        String with =
                event.replaceAll("\"text\":\"[^\"]*\"", "\"text\":\"" + text + "\"")
                        .replaceAll(
                                "}$",
                                ",\"embedding\":[0.5],\"image\":{\"png\":\"%s\"}}"
                                        .formatted(Base64.getEncoder().encodeToString(png)));
        return new SimulatedRecord(
                record.key(), with.getBytes(UTF_8), record.at(), record.arrivesAt(), record.kind());
    }

    @Test
    void aJobWithEncodersSaysWhatPlainJavaSaysWhereverItWasEnded() throws Exception {
        EncodedCreatives decoder = new EncodedCreatives(file.encoders());
        decoder.open();
        try (PlainRun expected = new PlainRun(file.discontinuation(), decoder, records);
                PlainRun blind = new PlainRun(file.discontinuation(), records);
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            assertThat(expected.scores()).as("embeddings matter").isNotEqualTo(blind.scores());
            DiscontinuationFile settings =
                    file.local(broker.bootstrapServers(), folder.resolve("checkpoints"));
            LocalTopics.create(settings);
            run(settings, expected);
            assertThat(expected.deadLetters()).isPositive();
            try (CommittedTopic refused =
                    new CommittedTopic(
                            broker.bootstrapServers(), settings.topics().deadLetters())) {
                await().until(() -> refused.read() >= expected.deadLetters());
                assertThat(refused.read()).isEqualTo(expected.deadLetters());
            }
        } finally {
            decoder.close();
        }
    }

    private void run(DiscontinuationFile settings, PlainRun expected) throws Exception {
        String servers = settings.kafka().bootstrapServers();
        PlayedInParts played = new PlayedInParts(servers, settings.topics().creatives(), records);
        try (CommittedTopic scores = new CommittedTopic(servers, settings.topics().scores())) {
            EmbeddedJob job = EmbeddedJob.start(new DiscontinuationJob(settings), Optional.empty());
            try (job) {
                await().until(() -> scores.read() >= expected.scoreCount() / 8);
                assertThat(job.failure()).isEmpty();
                played.during(job::close);
            }
            assertThat(scores.read()).as("it was the middle").isLessThan(expected.scoreCount());
            Optional<String> newest = Checkpoints.newest(settings.checkpointUri());
            assertThat(newest).isPresent();
            try (EmbeddedJob again = EmbeddedJob.start(new DiscontinuationJob(settings), newest)) {
                played.rest();
                await().until(() -> scores.read() >= expected.scoreCount());
                // Whatever is committed after the last expected one would be one too many.
                await().during(Duration.ofSeconds(2))
                        .until(() -> scores.read() == expected.scoreCount());
                assertThat(again.failure()).isEmpty();
            }
            assertThat(scores.values()).isEqualTo(expected.scores());
        }
    }
}
