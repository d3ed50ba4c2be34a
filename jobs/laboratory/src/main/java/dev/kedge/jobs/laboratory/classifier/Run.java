// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Evaluation;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Protocol;
import dev.kedge.jobs.laboratory.classifier.RunFiles.Snapshot;
import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplayModel;
import dev.kedge.operators.metrics.RankMe;
import dev.kedge.state.part.MemoryPartStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * One run: a model learns a stream, sample by sample, and is measured on the way. Gone on with from
 * any of its snapshots, it ends with the result of a run that was never interrupted.
 */
final class Run {
    /** Samples whose embeddings are ranked, at most; many more than a rank needs to settle. */
    private static final int RANKED = 256;

    /** Batches that are learned before anything is measured, if the stream's clock measures. */
    private static final int WARM_UP = 100;

    private final Laboratory laboratory;
    private final RunKey key;
    private final TaskStream stream;
    private final Arrival arrival;
    private final LongSupplier nanoTime;
    private MemoryPartStore parts = new MemoryPartStore();
    private RunProgress progress = RunProgress.START;

    /** Is told of every sample. */
    @FunctionalInterface
    interface Watch {
        /** One more sample of a run came; returns whether it may go on. */
        boolean mayGoOn(RunKey key, long arrived);
    }

    Run(Laboratory laboratory, RunKey key, LongSupplier nanoTime) {
        this.laboratory = laboratory;
        this.key = key;
        this.nanoTime = nanoTime;
        this.arrival = laboratory.settings().protocol().arrival();
        this.stream =
                TaskStream.of(laboratory.samples(), laboratory.settings().protocol(), key.seed());
    }

    /**
     * Learns to the end.
     *
     * @return the result, or nothing if the watch said to stop; a snapshot was written then
     */
    Optional<RunResult> run(Watch watch) {
        restore();
        try (ReplayLearner learner = laboratory.learners().make(key)) {
            if (arrival.measures()) {
                warmUp(learner);
            }
            ReplayModel model = learner.load("model", parts);
            while (progress.arrived() < stream.size()) {
                step(model);
                boolean goOn = watch.mayGoOn(key, progress.arrived());
                boolean over = progress.arrived() == stream.size();
                if (!over && (!goOn || isDue())) {
                    save(model);
                }
                if (!over && !goOn) {
                    return Optional.empty();
                }
            }
        }
        RunResult result =
                new RunResult(key, laboratory.fingerprint(), laboratory.commit(), progress);
        laboratory.files().finish(result);
        return Optional.of(result);
    }

    /**
     * Lets a model that nobody keeps learn the first samples: a program's first steps are slow, and
     * a stream that does not wait would be over before they are.
     */
    private void warmUp(ReplayLearner learner) {
        ReplayModel model = learner.load("warm-up", new MemoryPartStore());
        int batch = learner.settings().steps().batch();
        int count = Math.min(stream.size(0), WARM_UP * batch);
        for (int i = 0; i < count; i++) {
            Sample sample = stream.sample(0, i);
            model.classify(List.of(sample.input()));
            model.learn(sample.input(), sample.label());
            if (i == count / 2) {
                model.nextTask();
            }
        }
    }

    private void restore() {
        laboratory
                .files()
                .snapshot(key)
                .filter(snapshot -> snapshot.fingerprint().equals(laboratory.fingerprint()))
                .ifPresent(
                        snapshot -> {
                            parts = snapshot.parts();
                            progress = snapshot.progress();
                        });
    }

    private boolean isDue() {
        return progress.arrived() % laboratory.settings().running().snapshotEvery() == 0;
    }

    private void save(ReplayModel model) {
        model.flush(parts);
        laboratory.files().save(key, new Snapshot(laboratory.fingerprint(), progress, parts));
    }

    private void step(ReplayModel model) {
        int task = 0;
        long number = progress.arrived();
        while (number >= stream.size(task)) {
            number -= stream.size(task++);
        }
        Sample sample = stream.sample(task, (int) number);
        boolean ends = number + 1 == stream.size(task);
        if (arrival.waits()) {
            long start = nanoTime.getAsLong();
            learn(model, sample, ends ? OptionalInt.of(task) : OptionalInt.empty());
            progress =
                    progress.one(progress.arrivals(), nanoTime.getAsLong() - start, model.bytes());
        } else {
            meet(model, sample, ends ? OptionalInt.of(task) : OptionalInt.empty());
        }
        if (ends) {
            measureTask(model, task);
        } else if (isPoint(number + 1, stream.size(task))) {
            measurePoint(model, task);
        }
    }

    /** Answers a sample that does not wait, and learns from it unless the learner is busy. */
    private void meet(ReplayModel model, Sample sample, OptionalInt ended) {
        String answer = model.classify(List.of(sample.input())).get(0);
        RunProgress.Arrivals arrivals = progress.arrivals().answered(answer.equals(sample.label()));
        long now = arrival.nanos(progress.arrived());
        boolean busy = now < arrivals.busyUntil();
        long start = nanoTime.getAsLong();
        boolean stepped = false;
        if (busy) {
            ended.ifPresent(task -> end(model, task));
        } else {
            stepped = learn(model, sample, ended);
        }
        long nanos = nanoTime.getAsLong() - start;
        RunProgress.Arrivals after =
                busy ? arrivals.skip() : arrivals.busy(now + arrival.busy(stepped, nanos));
        progress = progress.one(after, nanos, model.bytes());
    }

    /** Returns whether a step was made, or at least a batch stored. */
    private boolean learn(ReplayModel model, Sample sample, OptionalInt ended) {
        boolean stepped = model.learn(sample.input(), sample.label()).isPresent();
        if (ended.isPresent()) {
            stepped |= end(model, ended.getAsInt());
        }
        return stepped;
    }

    private boolean end(ReplayModel model, int task) {
        Protocol protocol = laboratory.settings().protocol();
        boolean last = task == stream.tasks() - 1;
        boolean stepped = false;
        if (protocol.tellBoundaries() || last) {
            if (protocol.dropIncomplete()) {
                model.dropPending();
            } else {
                stepped = model.learnPending().isPresent();
            }
        }
        if (protocol.tellBoundaries() && !last) {
            model.nextTask();
        }
        return stepped;
    }

    /** Whether one of the points of the curve lies between this number of samples and the last. */
    private boolean isPoint(long number, long size) {
        int points = laboratory.settings().evaluation().points();
        return number * points / size > (number - 1) * points / size;
    }

    private void measurePoint(ReplayModel model, int task) {
        long start = nanoTime.getAsLong();
        Evaluation evaluation = laboratory.settings().evaluation();
        int counted = stream.counted(task);
        double sum = 0;
        for (int k = 0; k < counted; k++) {
            sum += accuracy(model, stream.test(k, evaluation.samples()));
        }
        progress =
                progress.measured(
                        sum / counted, model.storedByLabel(), nanoTime.getAsLong() - start);
    }

    private void measureTask(ReplayModel model, int task) {
        long start = nanoTime.getAsLong();
        int measured = stream.measuresAhead() ? stream.tasks() : task + 1;
        List<Double> row = new ArrayList<>(Collections.nCopies(stream.tasks(), 0.0));
        for (int k = 0; k < measured; k++) {
            row.set(k, accuracy(model, stream.test(k, Integer.MAX_VALUE)));
        }
        double mean =
                row.stream()
                        .limit(stream.counted(task))
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow();
        progress =
                progress.endedTask(row, rank(model, task), model.refused())
                        .measured(mean, model.storedByLabel(), nanoTime.getAsLong() - start);
    }

    /** RankMe of test samples of the tasks so far, in equal shares. */
    private double rank(ReplayModel model, int task) {
        int counted = stream.counted(task);
        List<byte[]> inputs = new ArrayList<>();
        for (int k = 0; k < counted; k++) {
            stream.test(k, Math.max(1, RANKED / counted))
                    .forEach(sample -> inputs.add(sample.input()));
        }
        return RankMe.of(model.embeddings(inputs), inputs.size(), model.width());
    }

    private static double accuracy(ReplayModel model, List<Sample> test) {
        List<String> answers = model.classify(test.stream().map(Sample::input).toList());
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += answers.get(i).equals(test.get(i).label()) ? 1 : 0;
        }
        return right / (double) test.size();
    }
}
