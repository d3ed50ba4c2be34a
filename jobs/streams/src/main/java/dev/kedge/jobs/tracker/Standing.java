// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.jobs.ads.board.Newest;
import dev.kedge.operators.tracker.TrackerMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * How a tracker has done: its newest metrics, and the mean IDF1 of all that were told. Bounded. Not
 * thread-safe.
 */
final class Standing {
    private final int most;
    private final Deque<TrackerMetrics> points = new ArrayDeque<>();
    private double sum;
    private long told;

    /** Keeps so many metrics. */
    Standing(int most) {
        this.most = most;
    }

    /**
     * Takes metrics, unless newer ones are known.
     *
     * @return whether they were taken
     */
    boolean take(TrackerMetrics metrics) {
        if (!points.isEmpty() && points.getLast().at() >= metrics.at()) {
            return false;
        }
        Newest.add(points, metrics, most);
        double idf1 = metrics.identity().idf1();
        if (!Double.isNaN(idf1)) {
            sum += idf1;
            told++;
        }
        return true;
    }

    /** The metrics that are kept, the newest last. */
    List<TrackerMetrics> points() {
        return List.copyOf(points);
    }

    Optional<TrackerMetrics> newest() {
        return Optional.ofNullable(points.peekLast());
    }

    /**
     * Mean of the IDF1 of all metrics so far, each that of the newest frames at its time; not a
     * number without any.
     */
    double meanIdf1() {
        return told == 0 ? Double.NaN : sum / told;
    }
}
