// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.operators.tracker.TrackerMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the rivals of one model do, each kind at several thresholds. Not thread-safe. */
final class RivalTable {
    private final Map<RivalKind, SortedMap<Double, Standing>> standings =
            new EnumMap<>(RivalKind.class);

    /**
     * One rival.
     *
     * @param kind which
     * @param threshold the cosine above which it takes two for the same
     * @param meanIdf1 as {@link Standing#meanIdf1}
     * @param points its metrics, the newest last
     */
    record Row(RivalKind kind, double threshold, double meanIdf1, List<TrackerMetrics> points) {}

    void take(RivalKind kind, double threshold, TrackerMetrics metrics) {
        standings
                .computeIfAbsent(kind, key -> new TreeMap<>())
                .computeIfAbsent(threshold, key -> new Standing(TrackerBoard.MAX_POINTS))
                .take(metrics);
    }

    /** Each kind at the threshold that has served it best; of equals, the lower. */
    List<Row> best() {
        List<Row> rows = new ArrayList<>();
        standings.forEach(
                (kind, tried) ->
                        tried.entrySet().stream()
                                .filter(one -> !Double.isNaN(one.getValue().meanIdf1()))
                                .min(Comparator.comparingDouble(one -> -one.getValue().meanIdf1()))
                                .ifPresent(one -> rows.add(row(kind, one))));
        return rows;
    }

    private static Row row(RivalKind kind, Map.Entry<Double, Standing> one) {
        Standing standing = one.getValue();
        return new Row(kind, one.getKey(), standing.meanIdf1(), standing.points());
    }
}
