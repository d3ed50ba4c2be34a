// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How far a run is, and what it measured so far.
 *
 * @param arrived samples that came
 * @param accuracies a row for each task learned, with the accuracy on each task
 * @param curve the mean accuracy along the stream
 * @param stored what memory held at the points of the curve
 * @param ranks rank of the embeddings after each task; empty in runs of earlier versions
 * @param arrivals what became of samples that do not wait
 * @param stepsRefused steps that the model did not make, because they would have made it useless
 * @param peakBytes largest heap use of the model
 * @param learningNanos time spent learning
 * @param evaluationNanos time spent measuring
 */
record RunProgress(
        @JsonAlias("learned") long arrived,
        List<List<Double>> accuracies,
        List<Point> curve,
        List<SortedMap<String, Integer>> stored,
        List<Double> ranks,
        Arrivals arrivals,
        long stepsRefused,
        long peakBytes,
        long learningNanos,
        long evaluationNanos) {
    static final RunProgress START =
            new RunProgress(
                    0, List.of(), List.of(), List.of(), List.of(), Arrivals.NONE, 0, 0, 0, 0);

    /** Freezes the lists; files of earlier versions lack some. */
    RunProgress {
        accuracies = List.copyOf(accuracies);
        curve = List.copyOf(curve);
        stored = List.copyOf(stored);
        ranks = ranks == null ? List.of() : List.copyOf(ranks);
        arrivals = arrivals == null ? Arrivals.NONE : arrivals;
    }

    /**
     * A point of the curve.
     *
     * @param arrived samples that had come
     * @param accuracy mean of the accuracies on the tasks so far
     */
    record Point(@JsonAlias("learned") long arrived, double accuracy) {}

    /**
     * Samples that do not wait for the learner.
     *
     * @param skipped those that came while it was busy
     * @param right those that were answered rightly when they came
     * @param busyUntil until when the learner is busy, in nanoseconds after the first sample
     */
    record Arrivals(long skipped, long right, long busyUntil) {
        static final Arrivals NONE = new Arrivals(0, 0, 0);

        Arrivals answered(boolean rightly) {
            return new Arrivals(skipped, right + (rightly ? 1 : 0), busyUntil);
        }

        Arrivals busy(long until) {
            return new Arrivals(skipped, right, until);
        }

        Arrivals skip() {
            return new Arrivals(skipped + 1, right, busyUntil);
        }
    }

    /** Samples that were learned from. */
    long learned() {
        return arrived - arrivals.skipped();
    }

    /** One more sample came. */
    RunProgress one(Arrivals after, long nanos, long bytes) {
        return new RunProgress(
                arrived + 1,
                accuracies,
                curve,
                stored,
                ranks,
                after,
                stepsRefused,
                Math.max(peakBytes, bytes),
                learningNanos + nanos,
                evaluationNanos);
    }

    RunProgress measured(double accuracy, SortedMap<String, Integer> memory, long nanos) {
        return new RunProgress(
                arrived,
                accuracies,
                with(curve, new Point(arrived, accuracy)),
                with(stored, memory),
                ranks,
                arrivals,
                stepsRefused,
                peakBytes,
                learningNanos,
                evaluationNanos + nanos);
    }

    RunProgress endedTask(List<Double> row, double rank, long refused) {
        return new RunProgress(
                arrived,
                with(accuracies, row),
                curve,
                stored,
                with(ranks, rank),
                arrivals,
                refused,
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
