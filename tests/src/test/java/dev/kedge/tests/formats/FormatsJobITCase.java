// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.avro.AvroWire;
import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.formats.Formats;
import dev.kedge.connectors.formats.Formats.Format;
import dev.kedge.connectors.formats.RecordSchemas;
import dev.kedge.connectors.json.JsonTape;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.json.Wire;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.protobuf.ProtoWire;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.testing.RegistryStub;
import dev.kedge.jobs.ads.CreativeFeed;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.ads.DiscontinuationJob;
import dev.kedge.jobs.ads.whatif.PastScores;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.JobFailedException;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.tests.failover.PlainRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole ad job over a real broker and a registry, in formats that need one, both ways. */
class FormatsJobITCase {
    private static final RecordJson<CreativeScore> JSON = RecordJson.of(CreativeScore.class);

    private static final MarketConfig MARKET =
            MarketConfig.DEFAULT
                    .withSeed(12)
                    .withStart(Instant.parse("2020-01-01T00:00:00Z"))
                    .withSize(3, 2, 20)
                    .withFaults(0.02, 0.02, 0.01);

    private static final String RECORD = "creative-event";

    @TempDir private Path folder;

    private final RegistryStub registry = new RegistryStub();

    /** What a page hears of a job. */
    private static final class Heard implements OutputFeed.Listener<CreativeScore, ModelMetrics> {
        private final Map<String, List<String>> scores = new TreeMap<>();
        private int metrics;
        private int letters;

        @Override
        public synchronized void score(CreativeScore score) {
            byte[] json = JSON.encode(score);
            scores.computeIfAbsent(ResultKeys.of(score), key -> new ArrayList<>())
                    .add(new String(json, UTF_8));
        }

        @Override
        public synchronized void metrics(ModelMetrics one) {
            metrics++;
        }

        @Override
        public synchronized void deadLetter(String reason) {
            letters++;
        }

        private synchronized int count() {
            return scores.values().stream().mapToInt(List::size).sum();
        }

        private synchronized int letters() {
            return letters;
        }
    }

    private DiscontinuationFile settings(EmbeddedBroker broker, Format format) {
        DiscontinuationFile local =
                DiscontinuationFile.DEFAULT.local(
                        broker.bootstrapServers(), folder.resolve("checkpoints"));
        JobSettings.Kafka kafka = local.kafka();
        return local.with("delivery", JobSettings.Delivery.AT_ONCE)
                .with("expire-after", Duration.ofDays(3650))
                .with(
                        "kafka",
                        new JobSettings.Kafka(
                                kafka.bootstrapServers(),
                                kafka.timeout(),
                                kafka.properties(),
                                kafka.discoverPartitions(),
                                kafka.lostRecords(),
                                new Formats(format, format),
                                registry.settings()));
    }

    /** The record as its producer sends it; what is broken stays as it is. */
    private SimulatedRecord spelled(SimulatedRecord record, Wire wire) {
        JsonTape values = new JsonTape();
        try {
            Wire.json().read(record.value(), values);
        } catch (UndecodableException e) {
            return record;
        }
        return new SimulatedRecord(
                record.key(), wire.write(values), record.at(), record.arrivesAt(), record.kind());
    }

    private Wire wire(Format format, String subject) {
        String avro = RecordSchemas.avro(RECORD);
        return format == Format.AVRO
                ? new AvroWire(avro, registry.settings(), registry.put(subject, avro))
                : new ProtoWire(
                        avro,
                        registry.settings(),
                        registry.putProto(subject, RecordSchemas.proto(RECORD)));
    }

    @ParameterizedTest
    @EnumSource(names = {"AVRO", "PROTOBUF"})
    void aJobSaysWhatPlainJavaSaysOfTheSameEventsInJson(Format format) throws Exception {
        List<SimulatedRecord> records = new ArrayList<>();
        new MarketSimulator(MARKET).forEachRemaining(records::add);
        records.removeIf(record -> record.kind() == SimulatedRecord.Kind.BROKEN);
        records.add(new SimulatedRecord("m", new byte[] {'{'}, 0, 0, SimulatedRecord.Kind.BROKEN));
        Heard heard = new Heard();
        try (registry;
                PlainRun expected =
                        new PlainRun(DiscontinuationFile.DEFAULT.discontinuation(), records);
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            DiscontinuationFile settings = settings(broker, format);
            Wire wire = wire(format, settings.topics().creatives() + "-value");
            LocalTopics.create(settings);
            try (EmbeddedJob job =
                            EmbeddedJob.start(new DiscontinuationJob(settings), Optional.empty());
                    OutputFeed<CreativeScore, ModelMetrics> feed =
                            CreativeFeed.of(settings, heard).start();
                    RecordPlayer player =
                            new RecordPlayer(
                                    broker.bootstrapServers(),
                                    settings.topics().creatives(),
                                    Pace.unthrottled(),
                                    RecordPlayer.Progress.IGNORED)) {
                player.play(records.stream().map(one -> spelled(one, wire)).iterator());
                await().until(() -> heard.count() >= expected.scoreCount());
                await().until(() -> heard.letters() >= expected.deadLetters());

                assertThat(heard.scores).hasSameSizeAs(expected.scores());
                heard.scores.forEach(
                        (key, lines) ->
                                assertThat(String.join("\n", lines))
                                        .isEqualTo(String.join("\n", expected.scores().get(key))));
                assertThat(heard.letters()).isEqualTo(expected.deadLetters()).isPositive();
                assertThat(heard.metrics).isPositive();
                assertThat(job.failure()).isEmpty();
            }
            assertThat(PastScores.ofTopic(settings).scores()).hasSize((int) expected.scoreCount());
            assertThat(registry.asked())
                    .contains("POST /subjects/" + settings.topics().scores() + "-value/versions");
        }
    }

    @Test
    void aJobWhoseSchemasDoNotFitEndsInOneLineBeforeItStarts() {
        try (registry;
                EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            DiscontinuationFile settings = settings(broker, Format.AVRO);
            LocalTopics.create(settings);
            registry.put(settings.topics().creatives() + "-value", "\"string\"");

            assertThatThrownBy(
                            () ->
                                    EmbeddedJob.start(
                                            new DiscontinuationJob(settings), Optional.empty()))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageStartingWith(
                            "the job could not be started: the schema of subject kedge.ads.creatives.v1-value does not fit: ");
        }
    }
}
