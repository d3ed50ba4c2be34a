// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.classifier.LabelJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.classifier.shapes.ClassStream;
import dev.kedge.connectors.classifier.shapes.ClassStreamConfig;
import dev.kedge.connectors.classifier.shapes.DrawnShapes;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.simulator.SimulatedRecord.Kind;
import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.classifier.ClassifierJob;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.state.ModelExport;
import dev.kedge.jobs.state.ModelSavepoint;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.part.ModelFile;
import dev.kedge.tests.failover.CommittedTopic;
import dev.kedge.tests.failover.PlayedInParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classifier's whole job on a real broker: started again in the middle it says, and ends with,
 * what plain Java computes from the same records; and labels find their samples across two topics.
 */
class ClassifierJobITCase {
    private static final String MODEL = "shapes";
    private static final int RECORDS = 1500;
    private static final long AT = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    @TempDir private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static List<SimulatedRecord> records() {
        ClassStream stream =
                new ClassStream(
                        ClassStreamConfig.of(MODEL, "", Instant.parse("2026-03-01T12:00:00Z"), 5)
                                .at(100, Duration.ofSeconds(2)),
                        new DrawnShapes());
        List<SimulatedRecord> records = new ArrayList<>();
        while (records.size() < RECORDS) {
            records.add(stream.next());
        }
        return records;
    }

    @Test
    void startedAgainInTheMiddleItEndsLikePlainJava() throws Exception {
        ClassifierFile settings =
                SmallClassifier.file("image: {height: 28, width: 28}")
                        .local(broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
        List<SimulatedRecord> records = records();
        PlayedInParts played =
                new PlayedInParts(broker.bootstrapServers(), settings.topics().samples(), records);
        try (PlainClassifier expected = new PlainClassifier(settings.classifier(), MODEL, records);
                CommittedTopic scores = topic(settings.topics().scores());
                CommittedTopic metrics = topic(settings.topics().metrics());
                CommittedTopic refused = topic(settings.topics().deadLetters())) {
            EmbeddedJob job = EmbeddedJob.start(new ClassifierJob(settings), none());
            try (job) {
                await().until(() -> scores.read() >= expected.scoreCount() / 8);
                assertThat(job.failure()).isEmpty();
                played.during(job::close);
            }
            assertThat(scores.read()).as("the middle").isLessThan(expected.scoreCount());
            Optional<String> newest = Checkpoints.newest(settings.checkpointUri());
            try (EmbeddedJob again = EmbeddedJob.start(new ClassifierJob(settings), newest)) {
                played.rest();
                await().until(() -> scores.read() >= expected.scoreCount());
                assertThat(again.failure()).isEmpty();
            }
            assertThat(scores.values()).isEqualTo(expected.scores());
            long reports = expected.metrics().get(MODEL).size();
            await().until(() -> metrics.read() >= reports);
            assertThat(metrics.values()).isEqualTo(expected.metrics());
            assertThat(expected.deadLetters()).isPositive();
            await().until(() -> refused.read() >= expected.deadLetters());
            assertThat(refused.read()).isEqualTo(expected.deadLetters());
            assertThat(parts(settings)).isEqualTo(hex(expected.parts().parts()));
            assertLearned(expected);
        }
    }

    /** It is a classifier and not just the same: the second half is mostly right. */
    private static void assertLearned(PlainClassifier expected) {
        List<String> metrics = expected.metrics().get(MODEL);
        String last = metrics.get(metrics.size() - 1);
        double accuracy =
                Double.parseDouble(last.replaceAll(".*\"accuracy\":([0-9.]+),\"window.*", "$1"));
        assertThat(accuracy).isGreaterThan(0.4);
    }

    private SortedMap<String, String> parts(ClassifierFile settings) throws Exception {
        String newest = Checkpoints.newest(settings.checkpointUri()).orElseThrow();
        Path file = folder.resolve("model.kedge");
        ModelExport.write(ModelSavepoint.open(newest, "learn"), MODEL, file, false);
        return hex(ModelFile.fromBytes(Files.readAllBytes(file)).parts().parts());
    }

    /**
     * Every part as text. Of a label that waits for its sample, which samples that nobody could
     * read leave behind, the name alone: its bytes tell where its record lies on the topic, and the
     * records of plain Java lie on none.
     */
    private static SortedMap<String, String> hex(Map<String, byte[]> parts) {
        SortedMap<String, String> hex = new TreeMap<>();
        parts.forEach(
                (name, bytes) ->
                        hex.put(
                                name,
                                name.startsWith("early/")
                                        ? "waits"
                                        : HexFormat.of().formatHex(bytes)));
        return hex;
    }

    @Test
    void labelsOnATopicOfTheirOwnFindTheirSamplesWhicheverComesFirst() throws Exception {
        ClassifierFile settings =
                StrictYaml.parse(
                                """
                                name: labels
                                topics:
                                  samples: two-samples
                                  labels: two-labels
                                  scores: two-scores
                                  metrics: two-metrics
                                  dead-letters: two-refused
                                  control: two-control
                                classifier: {input: {features: 2}, encoder: {kind: identity}}
                                """,
                                ClassifierFile.DEFAULT,
                                ClassifierFile.class,
                                "two topics")
                        .local(broker.bootstrapServers(), folder.resolve("checkpoints"));
        LocalTopics.create(settings);
        try (CommittedTopic scores = topic(settings.topics().scores());
                EmbeddedJob job = EmbeddedJob.start(new ClassifierJob(settings), none())) {
            send(settings.topics().labels(), LabelJson.encode(new Label("m", "x", AT, "a")));
            send(settings.topics().samples(), sample("y"));
            await().until(() -> scores.read() >= 1);
            send(settings.topics().samples(), sample("x"));
            send(settings.topics().labels(), LabelJson.encode(new Label("m", "y", AT + 1, "b")));
            await().until(() -> scores.read() >= 3 && job.failure().isEmpty());
        }
    }

    private static byte[] sample(String id) {
        float[] values = {1, 2};
        return SampleJson.encode(
                new Sample("m", id, AT, InputForm.encode(values), Optional.empty()), values);
    }

    private void send(String topic, byte[] value) {
        try (RecordPlayer player =
                new RecordPlayer(
                        broker.bootstrapServers(),
                        topic,
                        Pace.unthrottled(),
                        RecordPlayer.Progress.IGNORED)) {
            player.play(List.of(new SimulatedRecord("m", value, AT, AT, Kind.REGULAR)).iterator());
        }
    }

    private CommittedTopic topic(String name) {
        return new CommittedTopic(broker.bootstrapServers(), name);
    }

    private static Optional<String> none() {
        return Optional.empty();
    }
}
