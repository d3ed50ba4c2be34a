// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.connectors.simulator.SimulatedRecord;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.tracker.TrackerFile;
import dev.kedge.jobs.tracker.TrackerJob;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.tests.failover.CommittedTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job on a real broker, ended in the middle and gone on from its checkpoint at another
 * parallelism: every track id, score, metric and dead letter is the one that plain Java computes
 * from the same records, and there is each once.
 */
class TrackerJobITCase {
    private static final int FRAMES = 1000;
    private static final RecordJson<TrackerScore> SCORES = RecordJson.of(TrackerScore.class);
    private static final RecordJson<TrackerMetrics> METRICS = RecordJson.of(TrackerMetrics.class);

    @TempDir private Path folder;

    /** What the models say in plain Java: no Flink, no Kafka, no failure. */
    private static final class Plain implements Outlet<TrackerScore, TrackerMetrics> {
        private final Map<String, List<String>> scores = new TreeMap<>();
        private final Map<String, List<String>> metrics = new TreeMap<>();
        private int letters;

        @Override
        public void score(TrackerScore score) {
            add(scores, ResultKeys.of(score), SCORES.encode(score));
        }

        @Override
        public void metrics(TrackerMetrics one) {
            add(metrics, one.model(), METRICS.encode(one));
        }

        private static void add(Map<String, List<String>> to, String key, byte[] value) {
            to.computeIfAbsent(key, name -> new ArrayList<>())
                    .add(new String(value, StandardCharsets.UTF_8));
        }

        @Override
        public void reject(DeadLetter letter) {
            letters++;
        }

        long count() {
            return scores.values().stream().mapToLong(List::size).sum();
        }
    }

    @Test
    void aJobThatGoesOnFromItsCheckpointKeepsEveryTrack() throws Exception {
        TrackerSettings tracker = Crowd.settings();
        List<SimulatedRecord> records = records(tracker);
        Plain expected = plain(tracker, records);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            TrackerFile one = settings(broker, tracker, 1);
            TrackerFile two = settings(broker, tracker, 2);
            LocalTopics.create(one);
            try (CommittedTopic scores = topic(broker, one.topics().scores())) {
                Thread first = play(broker, one, records.subList(0, FRAMES / 2));
                try (EmbeddedJob job = EmbeddedJob.start(new TrackerJob(one), Optional.empty())) {
                    await().until(() -> scores.read() >= expected.count() / 4);
                    assertThat(job.failure()).isEmpty();
                }
                first.join();
                assertThat(scores.read()).as("it was the middle").isLessThan(expected.count());
                Optional<String> newest = Checkpoints.newest(one.checkpointUri());
                assertThat(newest).isPresent();
                Thread rest = play(broker, one, records.subList(FRAMES / 2, FRAMES));
                try (EmbeddedJob again = EmbeddedJob.start(new TrackerJob(two), newest)) {
                    rest.join();
                    await().until(() -> scores.read() >= expected.count());
                    // Whatever is committed after the last expected one would be one too many.
                    await().during(Duration.ofSeconds(2))
                            .until(() -> scores.read() == expected.count());
                    assertThat(again.failure()).isEmpty();
                }
                assertThat(scores.values()).isEqualTo(expected.scores);
            }
            assertMetricsAndLetters(broker, one, expected);
        }
    }

    private static void assertMetricsAndLetters(
            EmbeddedBroker broker, TrackerFile settings, Plain expected) {
        try (CommittedTopic metrics = topic(broker, settings.topics().metrics());
                CommittedTopic letters = topic(broker, settings.topics().deadLetters())) {
            await().until(
                            () -> {
                                metrics.read();
                                return metrics.values().equals(expected.metrics);
                            });
            await().until(() -> letters.read() >= expected.letters);
            assertThat(letters.read()).isEqualTo(expected.letters).isGreaterThan(10);
        }
    }

    private static List<SimulatedRecord> records(TrackerSettings tracker) {
        Crowd crowd = new Crowd(5);
        FrameJson json = new FrameJson(tracker.input());
        List<SimulatedRecord> records = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            StreamFrame frame = crowd.next();
            byte[] value = i % 97 == 13 ? new byte[] {'{'} : json.encode(frame);
            records.add(
                    new SimulatedRecord(
                            frame.model(),
                            value,
                            frame.at(),
                            200L * i,
                            SimulatedRecord.Kind.REGULAR));
        }
        return records;
    }

    private static Plain plain(TrackerSettings tracker, List<SimulatedRecord> records)
            throws Exception {
        Plain plain = new Plain();
        Map<String, LiveModel<StreamFrame, TrackerScore, TrackerMetrics>> models = new TreeMap<>();
        FrameJson json = new FrameJson(tracker.input());
        try (LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> shared =
                new TrackerModels(tracker).open()) {
            for (SimulatedRecord simulated : records) {
                try {
                    StreamFrame frame = json.decode(simulated.value());
                    models.computeIfAbsent(
                                    frame.model(),
                                    model -> shared.load(model, new MemoryPartStore()))
                            .process(
                                    new Incoming<>(
                                            frame, new Origin("in", 0, 0, -1), simulated.value()),
                                    plain);
                } catch (UndecodableException e) {
                    plain.letters++;
                }
            }
        }
        return plain;
    }

    private TrackerFile settings(EmbeddedBroker broker, TrackerSettings tracker, int parallelism) {
        TrackerFile with =
                TrackerFile.DEFAULT.with("parallelism", parallelism).with("tracker", tracker);
        // What a job file says is what it is read as.
        TrackerFile read =
                StrictYaml.parse(
                        StrictYaml.write(with), TrackerFile.DEFAULT, TrackerFile.class, "test");
        assertThat(read).isEqualTo(with);
        return read.local(broker.bootstrapServers(), folder.resolve("checkpoints"));
    }

    private static CommittedTopic topic(EmbeddedBroker broker, String name) {
        return new CommittedTopic(broker.bootstrapServers(), name);
    }

    /** 100 seconds of event time in 2.5. */
    private static Thread play(
            EmbeddedBroker broker, TrackerFile settings, List<SimulatedRecord> records) {
        Thread playing =
                new Thread(
                        () -> {
                            try (RecordPlayer player =
                                    new RecordPlayer(
                                            broker.bootstrapServers(),
                                            settings.topics().frames(),
                                            Pace.times(40),
                                            RecordPlayer.Progress.IGNORED)) {
                                player.play(records.iterator());
                            }
                        },
                        "play");
        playing.start();
        return playing;
    }
}
