// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.operators.classifier.hpcr.ReplayTuning;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveTuning;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.binary.Family;
import dev.kedge.state.formats.StoredFormat;
import dev.kedge.state.formats.StoredFormatContract;
import dev.kedge.state.part.MemoryPartStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A golden file for each stored format of the classifier, and what damage to it leads to. */
class ClassifierFormatsTest extends StoredFormatContract {
    private static final ClassifierScore SCORE =
            new ClassifierScore(
                    "m",
                    "x",
                    11,
                    List.of(new Prediction.Ranked("a", 0.75), new Prediction.Ranked("ü", 0.25)),
                    0.5,
                    3,
                    7,
                    Optional.empty());

    @Override
    protected Stream<StoredFormat> formats() {
        return Stream.of(
                format(
                        Family.WAITING_SAMPLE,
                        () -> new WaitingSample(5, SCORE, new byte[] {1, 2}).toBytes(),
                        bytes -> {
                            WaitingSample read = WaitingSample.fromBytes(bytes);
                            return List.of(
                                    read.arrival(), read.score(), read.input()[1], read.at());
                        },
                        List.of(5L, SCORE, (byte) 2, 11L)),
                format(
                        Family.EARLY_LABEL,
                        () -> early().toBytes(),
                        bytes -> {
                            EarlyLabel read = EarlyLabel.fromBytes(bytes);
                            return List.of(
                                    read.arrival(),
                                    read.incoming().event(),
                                    read.incoming().origin(),
                                    read.incoming().original()[0]);
                        },
                        List.of(
                                6L,
                                new Label("m", "x", 12, "a"),
                                new Origin("labels", 1, 2, 3),
                                (byte) 9)),
                format(
                        Family.RECENT_IDS,
                        ClassifierFormatsTest::recent,
                        bytes -> {
                            RecentIds read = RecentIds.restored(4, store("recent", bytes));
                            return List.of(
                                    read.find("x").orElseThrow(),
                                    read.find("y").orElseThrow(),
                                    read.find("z").isPresent());
                        },
                        List.of(RecentIds.Outcome.LABELLED, RecentIds.Outcome.GONE, false)),
                format(
                        Family.CLASSIFIER_EVALUATION,
                        ClassifierFormatsTest::evaluation,
                        bytes -> {
                            PrequentialAccuracy read =
                                    PrequentialAccuracy.restored(3, 2, store("evaluation", bytes));
                            return List.of(
                                    read.judged(),
                                    read.accuracy(),
                                    read.windowAccuracy(),
                                    read.forgetting(),
                                    read.meanLoss(),
                                    read.classes().keySet().toString());
                        },
                        List.of(4L, 0.5, 1 / 3.0, 0.5, 1.5, "[a, b]")),
                format(
                        Family.CLASSIFIER_PROGRESS,
                        ClassifierFormatsTest::progress,
                        bytes -> {
                            ClassifierProgress read =
                                    ClassifierProgress.restored(store("progress", bytes));
                            return List.of(
                                    read.clock().newest(),
                                    read.clock().newestLearned(0),
                                    read.clock().arrival(),
                                    read.counted(ClassifierProgress.Counter.SAMPLES),
                                    read.counted(ClassifierProgress.Counter.EXPIRED),
                                    read.counted(ClassifierProgress.Counter.DUPLICATES),
                                    read.counted(ClassifierProgress.Counter.DEAD_LETTERS),
                                    read.tuning());
                        },
                        List.of(
                                20L,
                                15L,
                                2L,
                                1L,
                                1L,
                                1L,
                                1L,
                                new LiveTuning<>(true, new ReplayTuning(0.5, 2, 3)))));
    }

    private static StoredFormat format(
            Family family,
            Supplier<byte[]> write,
            Function<byte[], List<Object>> read,
            List<Object> values) {
        return new StoredFormat(family, 1, values, write, read);
    }

    private static EarlyLabel early() {
        return new EarlyLabel(
                6,
                new Incoming<>(
                        new Label("m", "x", 12, "a"),
                        new Origin("labels", 1, 2, 3),
                        new byte[] {9}));
    }

    private static byte[] recent() {
        RecentIds recent = RecentIds.restored(2, new MemoryPartStore());
        recent.add("z", RecentIds.Outcome.GONE);
        recent.add("x", RecentIds.Outcome.LABELLED);
        recent.add("y", RecentIds.Outcome.GONE);
        MemoryPartStore store = new MemoryPartStore();
        recent.flush(store);
        return store.get("recent").orElseThrow();
    }

    private static byte[] evaluation() {
        PrequentialAccuracy evaluation = new PrequentialAccuracy(3, 2);
        evaluation.judge("a", true);
        evaluation.judge("a", true);
        evaluation.judge("a", false);
        evaluation.judge("b", false);
        evaluation.loss(1);
        evaluation.loss(2);
        MemoryPartStore store = new MemoryPartStore();
        evaluation.flush(store);
        return store.get("evaluation").orElseThrow();
    }

    private static byte[] progress() {
        ClassifierProgress progress = new ClassifierProgress();
        progress.see(20);
        progress.see(10);
        progress.count(ClassifierProgress.Counter.SAMPLES);
        progress.learned(15);
        progress.count(ClassifierProgress.Counter.EXPIRED);
        progress.count(ClassifierProgress.Counter.DUPLICATES);
        progress.count(ClassifierProgress.Counter.DEAD_LETTERS);
        progress.tune(new LiveTuning<>(true, new ReplayTuning(0.5, 2, 3)));
        MemoryPartStore store = new MemoryPartStore();
        progress.flush(store);
        return store.get("progress").orElseThrow();
    }

    private static MemoryPartStore store(String part, byte[] bytes) {
        MemoryPartStore store = new MemoryPartStore();
        store.put(part, bytes);
        return store;
    }
}
