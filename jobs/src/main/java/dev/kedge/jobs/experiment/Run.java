// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.jobs.experiment.ExperimentSettings.Evaluation;
import dev.kedge.jobs.experiment.ExperimentSettings.Protocol;
import dev.kedge.jobs.experiment.RunFiles.Snapshot;
import dev.kedge.operators.hpcr.ReplayLearner;
import dev.kedge.operators.hpcr.ReplayModel;
import dev.kedge.state.part.MemoryPartStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One run: a model learns a stream, sample by sample, and is measured on the way. Gone on with from
 * any of its snapshots, it ends with the result of a run that was never interrupted.
 */
final class Run {
    private final Laboratory laboratory;
    private final RunKey key;
    private final TaskStream stream;
    private final LongSupplier nanoTime;
    private MemoryPartStore parts = new MemoryPartStore();
    private RunProgress progress = RunProgress.START;

    /** Is told of every sample. */
    @FunctionalInterface
    interface Watch {
        /** A run learned one more sample; returns whether it may go on. */
        boolean mayGoOn(RunKey key, long learned);
    }

    Run(Laboratory laboratory, RunKey key, LongSupplier nanoTime) {
        this.laboratory = laboratory;
        this.key = key;
        this.nanoTime = nanoTime;
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
            ReplayModel model = learner.load("model", parts);
            while (progress.learned() < stream.size()) {
                step(model);
                boolean goOn = watch.mayGoOn(key, progress.learned());
                boolean over = progress.learned() == stream.size();
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
        return progress.learned() % laboratory.settings().running().snapshotEvery() == 0;
    }

    private void save(ReplayModel model) {
        model.flush(parts);
        laboratory.files().save(key, new Snapshot(laboratory.fingerprint(), progress, parts));
    }

    private void step(ReplayModel model) {
        int task = 0;
        long number = progress.learned();
        while (number >= stream.size(task)) {
            number -= stream.size(task++);
        }
        long start = nanoTime.getAsLong();
        Sample sample = stream.sample(task, (int) number);
        model.learn(sample.input(), sample.label());
        boolean ends = number + 1 == stream.size(task);
        if (ends) {
            end(model, task);
        }
        progress = progress.learnedOne(nanoTime.getAsLong() - start, model.bytes());
        if (ends) {
            measureTask(model, task);
        } else if (isPoint(number + 1, stream.size(task))) {
            measurePoint(model, task);
        }
    }

    private void end(ReplayModel model, int task) {
        Protocol protocol = laboratory.settings().protocol();
        boolean last = task == stream.tasks() - 1;
        if (protocol.tellBoundaries() || last) {
            if (protocol.dropIncomplete()) {
                model.dropPending();
            } else {
                model.learnPending();
            }
        }
        if (protocol.tellBoundaries() && !last) {
            model.nextTask();
        }
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
                progress.endedTask(row)
                        .measured(mean, model.storedByLabel(), nanoTime.getAsLong() - start);
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
