// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * How far a run is, and what it measured so far.
 *
 * @param arrived samples that came
 * @param measured what was measured
 * @param arrivals what became of samples that do not wait
 * @param stepsRefused steps that the model did not make, because they would have made it useless
 * @param cost what it took
 */
record RunProgress(
        @JsonAlias("learned") long arrived,
        @JsonUnwrapped Measured measured,
        Arrivals arrivals,
        long stepsRefused,
        @JsonUnwrapped Cost cost) {
    static final RunProgress START =
            new RunProgress(0, Measured.NOTHING, Arrivals.NONE, 0, new Cost(0, 0, 0));

    /** Files of earlier versions lack the arrivals. */
    RunProgress {
        arrivals = arrivals == null ? Arrivals.NONE : arrivals;
    }

    /**
     * What was measured.
     *
     * @param accuracies a row for each task learned, with the accuracy on each task
     * @param curve the mean accuracy along the stream
     * @param stored what memory held at the points of the curve
     * @param ranks rank of the embeddings after each task; empty in runs of earlier versions
     */
    record Measured(
            List<List<Double>> accuracies,
            List<Point> curve,
            List<SortedMap<String, Integer>> stored,
            List<Double> ranks) {
        static final Measured NOTHING = new Measured(List.of(), List.of(), List.of(), List.of());

        /** Freezes the lists; files of earlier versions lack the ranks. */
        Measured {
            accuracies = List.copyOf(accuracies);
            curve = List.copyOf(curve);
            stored = List.copyOf(stored);
            ranks = ranks == null ? List.of() : List.copyOf(ranks);
        }

        Measured point(Point point, SortedMap<String, Integer> memory) {
            return new Measured(accuracies, with(curve, point), with(stored, memory), ranks);
        }

        Measured task(List<Double> row, double rank) {
            return new Measured(with(accuracies, row), curve, stored, with(ranks, rank));
        }
    }

    /**
     * What a run takes.
     *
     * @param peakBytes largest heap use of the model
     * @param learningNanos time spent learning
     * @param evaluationNanos time spent measuring
     */
    record Cost(long peakBytes, long learningNanos, long evaluationNanos) {
        Cost learning(long nanos, long bytes) {
            return new Cost(Math.max(peakBytes, bytes), learningNanos + nanos, evaluationNanos);
        }

        Cost measuring(long nanos) {
            return new Cost(peakBytes, learningNanos, evaluationNanos + nanos);
        }
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

    List<List<Double>> accuracies() {
        return measured.accuracies();
    }

    List<Point> curve() {
        return measured.curve();
    }

    List<SortedMap<String, Integer>> stored() {
        return measured.stored();
    }

    List<Double> ranks() {
        return measured.ranks();
    }

    /** One more sample came. */
    RunProgress one(Arrivals after, long nanos, long bytes) {
        Cost spent = cost.learning(nanos, bytes);
        return new RunProgress(arrived + 1, measured, after, stepsRefused, spent);
    }

    RunProgress measured(double accuracy, SortedMap<String, Integer> memory, long nanos) {
        Measured more = measured.point(new Point(arrived, accuracy), memory);
        return new RunProgress(arrived, more, arrivals, stepsRefused, cost.measuring(nanos));
    }

    RunProgress endedTask(List<Double> row, double rank, long refused) {
        return new RunProgress(arrived, measured.task(row, rank), arrivals, refused, cost);
    }

    private static <T> List<T> with(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
