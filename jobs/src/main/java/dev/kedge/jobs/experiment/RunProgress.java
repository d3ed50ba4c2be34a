// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How far a run is, and what it measured so far.
 *
 * @param learned samples learned
 * @param accuracies a row for each task learned, with the accuracy on each task
 * @param curve the mean accuracy along the stream
 * @param stored what memory held at the points of the curve
 * @param peakBytes largest heap use of the model
 * @param learningNanos time spent learning
 * @param evaluationNanos time spent measuring
 */
record RunProgress(
        long learned,
        List<List<Double>> accuracies,
        List<Point> curve,
        List<SortedMap<String, Integer>> stored,
        long peakBytes,
        long learningNanos,
        long evaluationNanos) {
    static final RunProgress START = new RunProgress(0, List.of(), List.of(), List.of(), 0, 0, 0);

    RunProgress {
        accuracies = List.copyOf(accuracies);
        curve = List.copyOf(curve);
        stored = List.copyOf(stored);
    }

    /**
     * A point of the curve.
     *
     * @param learned samples learned
     * @param accuracy mean of the accuracies on the tasks so far
     */
    record Point(long learned, double accuracy) {}

    RunProgress learnedOne(long nanos, long bytes) {
        return new RunProgress(
                learned + 1,
                accuracies,
                curve,
                stored,
                Math.max(peakBytes, bytes),
                learningNanos + nanos,
                evaluationNanos);
    }

    RunProgress measured(double accuracy, SortedMap<String, Integer> memory, long nanos) {
        return new RunProgress(
                learned,
                accuracies,
                with(curve, new Point(learned, accuracy)),
                with(stored, memory),
                peakBytes,
                learningNanos,
                evaluationNanos + nanos);
    }

    RunProgress endedTask(List<Double> row) {
        return new RunProgress(
                learned,
                with(accuracies, row),
                curve,
                stored,
                peakBytes,
                learningNanos,
                evaluationNanos);
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
