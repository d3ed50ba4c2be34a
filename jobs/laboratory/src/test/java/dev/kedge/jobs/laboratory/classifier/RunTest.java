// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.encoder.EncoderName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
    private static final String TINY =
            """
            data: {synthetic: {classes: 4, inputs: 6, train: 26, test: 10}}
            protocol: {tasks: 2}
            learner: {mlp: {layers: [8]}, baselines: {projection: 8}}
            evaluation: {points: 3, samples: 7}
            running: {snapshot-every: 9}
            """;
    private static final int ALL = 4 * 26;

    @TempDir private Path folder;

    private String yaml = TINY;

    private Laboratory laboratory(String name) {
        ExperimentSettings settings =
                StrictYaml.parse(
                        yaml, ExperimentSettings.DEFAULT, ExperimentSettings.class, "tiny");
        return Laboratory.open(
                settings, DataFolder.read(settings.data()), folder.resolve(name), "abc");
    }

    private static RunKey key(Method method) {
        return new RunKey(
                method,
                EncoderName.MLP,
                MemoryKind.BATCH_RESERVOIR,
                RetrievalKind.RANDOM,
                method.replays() ? 20 : 0,
                0,
                3);
    }

    private Optional<RunResult> run(String name, Method method, Run.Watch watch) {
        AtomicLong clock = new AtomicLong();
        return new Run(laboratory(name), key(method), clock::incrementAndGet).run(watch);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource
    void aRunKilledAtAnyRecordEndsLikeOneThatNeverWas(Method method) throws IOException {
        RunResult plain = run("plain", method, (key, learned) -> true).orElseThrow();

        for (long record = 1; record < ALL; record += method == Method.HPCR ? 1 : 13) {
            long fatal = record;
            String name = "killed-" + record;
            try {
                run(
                        name,
                        method,
                        (key, learned) -> {
                            if (learned == fatal) {
                                throw new Killed();
                            }
                            return true;
                        });
            } catch (Killed e) {
                assertThat(laboratory(name).files().result(key(method))).isEmpty();
            }
            long[] first = {0};
            run(
                    name,
                    method,
                    (key, learned) -> {
                        first[0] = first[0] == 0 ? learned : first[0];
                        return true;
                    });

            assertThat(first[0]).as("goes on from the snapshot").isEqualTo((fatal - 1) / 9 * 9 + 1);
            assertThat(Files.readAllBytes(file(name, method)))
                    .as("killed at %d", fatal)
                    .isEqualTo(Files.readAllBytes(file("plain", method)));
        }
        assertThat(plain.progress().arrived()).isEqualTo(ALL);
    }

    private Path file(String name, Method method) {
        return folder.resolve(name).resolve("runs").resolve(key(method).id() + ".json");
    }

    @Test
    void aRunThatIsToldToStopWritesASnapshotAndNoResult() {
        Optional<RunResult> stopped = run("stopped", Method.ER, (key, learned) -> learned < 5);

        assertThat(stopped).isEmpty();
        RunFiles.Snapshot snapshot =
                laboratory("stopped").files().snapshot(key(Method.ER)).orElseThrow();
        assertThat(snapshot.progress().arrived()).isEqualTo(5);
        assertThat(snapshot.parts().parts()).containsKey("pending");
    }

    @Test
    void theMatrixHasARowATaskAndTheCurveItsPoints() {
        RunResult result = run("plain", Method.HPCR, (key, learned) -> true).orElseThrow();

        assertThat(result.progress().accuracies()).hasSize(2);
        assertThat(result.matrix().at(0, 1)).as("not learned yet").isZero();
        assertThat(result.matrix().at(0, 0)).isGreaterThan(0.5);
        assertThat(result.progress().curve())
                .extracting(RunProgress.Point::arrived)
                .containsExactly(18L, 35L, 52L, 70L, 87L, 104L);
        assertThat(result.progress().curve().get(5).accuracy()).isEqualTo(result.matrix().end());
        assertThat(result.progress().stored().get(5).values().stream().mapToInt(i -> i).sum())
                .isEqualTo(20);
        assertThat(result.progress().stored().get(0)).hasSize(2);
    }

    @Test
    void aSnapshotOfOtherSettingsOrOneThatIsDamagedIsNotGoneOnFrom() throws IOException {
        run("stopped", Method.ER, (key, learned) -> learned < 30);
        Path file =
                folder.resolve("stopped")
                        .resolve("runs")
                        .resolve(key(Method.ER).id() + ".snapshot");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(laboratory("stopped").files().snapshot(key(Method.ER))).isEmpty();
        assertThat(run("stopped", Method.ER, (key, learned) -> true).orElseThrow().progress())
                .isEqualTo(run("plain", Method.ER, (k, l) -> true).orElseThrow().progress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tasks: 2, order: blurred, tell-boundaries: false}",
                "{tasks: 2, order: random, arrival: {clock: modelled, rate: 1000, step: 13 ms}}",
                "{tasks: 3, order: domain-drift}",
                "{tasks: 2, order: random, drop-incomplete: false, passes: 2}"
            })
    void everyOrderGoesOnInTheMiddleOfATask(String protocol) throws IOException {
        yaml = TINY.replace("{tasks: 2}", protocol);
        RunResult plain = run("plain", Method.HPCR, (key, learned) -> true).orElseThrow();

        for (long stop : new long[] {5, 33, 60}) {
            run("stopped-" + stop, Method.HPCR, (key, learned) -> learned != stop);
            run("stopped-" + stop, Method.HPCR, (key, learned) -> true);

            assertThat(Files.readAllBytes(file("stopped-" + stop, Method.HPCR)))
                    .isEqualTo(Files.readAllBytes(file("plain", Method.HPCR)));
        }
        assertThat(plain.matrix().at(0, 1)).as("measured ahead").isPositive();
    }

    @Test
    void withoutBoundariesTheUnfilledBatchOfATaskIsFilledByTheNext() {
        run("told", Method.ER, (key, learned) -> learned < 60);
        yaml = TINY.replace("{tasks: 2}", "{tasks: 2, tell-boundaries: false}");
        run("untold", Method.ER, (key, learned) -> learned < 60);

        assertThat(stored("told")).as("52 and 8 samples, 2 dropped, 8 waiting").isEqualTo(50);
        assertThat(stored("untold")).isEqualTo(60);
    }

    @Test
    void whatComesWhileTheLearnerIsBusyIsAnsweredAndNotLearned() {
        yaml =
                TINY.replace(
                        "{tasks: 2}",
                        "{tasks: 1, arrival: {clock: modelled, rate: 1000, step: 25 ms}}");
        RunResult result = run("busy", Method.ER, (key, learned) -> true).orElseThrow();

        // Ten come, the last at 9 ms; until 34 ms 24 more; then again ten, and so on: 34 a round.
        RunProgress.Arrivals arrivals = result.progress().arrivals();
        assertThat(arrivals.skipped()).isEqualTo(3 * 24);
        assertThat(result.progress().learned()).isEqualTo(ALL - 3 * 24);
        assertThat(arrivals.busyUntil()).isEqualTo(103_000_000);
        assertThat(result.learnedShare()).isEqualTo((ALL - 72) / (double) ALL);
        assertThat(result.arrivalAccuracy()).isBetween(0.2, 0.95);
    }

    @Test
    void aStreamSlowEnoughForTheLearnerTeachesAsOneThatWaits() {
        RunResult waiting = run("waits", Method.HPCR, (key, learned) -> true).orElseThrow();
        yaml =
                TINY.replace(
                        "{tasks: 2}",
                        "{tasks: 2, arrival: {clock: modelled, rate: 10, step: 99 ms}}");
        RunResult slow = run("slow", Method.HPCR, (key, learned) -> true).orElseThrow();

        assertThat(slow.learnedShare()).isEqualTo(1);
        assertThat(slow.progress().accuracies()).isEqualTo(waiting.progress().accuracies());
        assertThat(slow.arrivalAccuracy()).isBetween(0.3, 0.99);
        assertThat(waiting.arrivalAccuracy()).as("nothing is answered on arrival").isNaN();
    }

    @Test
    void aMeasuredStepKeepsTheLearnerBusyForAsLongAsItTook() {
        yaml =
                TINY.replace(
                        "{tasks: 2}", "{tasks: 1, arrival: {clock: measured, rate: 1000000000}}");
        // The clock of the test goes on by a nanosecond whenever it is read, and samples come every
        // nanosecond: one is learned, then the learner has been busy until the next.
        RunResult result = run("measured", Method.ER, (key, learned) -> true).orElseThrow();

        assertThat(result.progress().arrivals().skipped()).isZero();
        assertThat(result.progress().arrivals().busyUntil()).isEqualTo(ALL);
    }

    @Test
    void theRankOfTheEmbeddingsIsMeasuredAfterEachTask() {
        RunResult result = run("ranks", Method.HPCR, (key, learned) -> true).orElseThrow();

        assertThat(result.progress().ranks()).hasSize(2).allMatch(rank -> rank > 1 && rank <= 8);
        assertThat(result.embeddingRank()).isEqualTo(result.progress().ranks().get(1));
    }

    @Test
    void aRunOfAnEarlierVersionIsRead() throws IOException {
        Laboratory laboratory = laboratory("earlier");
        RunKey key = key(Method.HPCR);
        Path file = folder.resolve("earlier/runs").resolve(key.id() + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                """
                {"key": {"method": "HPCR", "encoder": "MLP", "memory": "BATCH_RESERVOIR",
                "retrieval": "RANDOM", "size": 20, "seed": 3}, "fingerprint": "0db80dd3520b0336",
                "commit": "unknown", "progress": {"learned": 104, "accuracies": [[1.0, 0.0],
                [0.5, 1.0]], "curve": [{"learned": 104, "accuracy": 0.75}], "stored": [{"c0": 20}],
                "peakBytes": 5000, "learningNanos": 1000000000, "evaluationNanos": 7}}
                """);

        RunResult result = laboratory.files().result(key).orElseThrow();

        assertThat(result.key()).isEqualTo(key);
        assertThat(result.samplesPerSecond()).isEqualTo(104);
        assertThat(result.progress().curve().get(0).arrived()).isEqualTo(104);
        assertThat(result.learnedShare()).isEqualTo(1);
        assertThat(result.embeddingRank()).isNaN();
        assertThat(result.arrivalAccuracy()).isNaN();
    }

    @Test
    void fieldsOfLaterVersionsDoNotChangeTheFingerprintOfAnEarlierExperiment() {
        ExperimentSettings standard = ExperimentSettings.DEFAULT;
        Samples samples = DataFolder.read(standard.data());

        assertThat(Fingerprint.of(standard, samples)).isEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("protocol: {arrival: {clock: modelled}}", samples))
                .isNotEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("learner: {optimiser: {schedule: {warm-up: 3}}}", samples))
                .isNotEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("learner: {optimiser: {clip: 3}}", samples))
                .isNotEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("learner: {retrieval: {candidates: 3}}", samples))
                .isNotEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("protocol: {class-order: [c3, c0, c1, c2]}", samples))
                .isNotEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("data: {csv: {order: at}, order-file: ''}", samples))
                .as("the checksum of the data tells their order")
                .isEqualTo("0db80dd3520b0336");
        assertThat(fingerprint("learner: {declare-classes: true}", samples))
                .isNotEqualTo("0db80dd3520b0336");
    }

    private static String fingerprint(String yaml, Samples samples) {
        return Fingerprint.of(
                StrictYaml.parse(
                        yaml, ExperimentSettings.DEFAULT, ExperimentSettings.class, "other"),
                samples);
    }

    /** Samples that were offered to memory until the snapshot. */
    private long stored(String name) {
        RunKey key = key(Method.ER);
        Laboratory laboratory = laboratory(name);
        RunFiles.Snapshot snapshot = laboratory.files().snapshot(key).orElseThrow();
        try (ReplayLearner learner = laboratory.learners().make(key)) {
            return learner.load("model", snapshot.parts()).memory().offered();
        }
    }
}
