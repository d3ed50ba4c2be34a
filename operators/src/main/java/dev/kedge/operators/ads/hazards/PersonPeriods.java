// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import java.util.Arrays;

/**
 * Which intervals are observed of each creative, and how they ended.
 *
 * <p>An event in interval k puts a creative at risk from its entry through k, with label 1 at k; a
 * creative censored at the start of k is at risk from its entry through k - 1. An end past the last
 * interval outlives the axis: at risk to its end, with no label.
 *
 * @param rows number of creatives
 * @param intervals number of hazard intervals
 * @param labels 1 in the interval of the discontinuation, else 0, rows x intervals
 * @param atRisk 1 for each interval that was entered and whose outcome is known, else 0, rows x
 *     intervals
 */
public record PersonPeriods(int rows, int intervals, double[] labels, double[] atRisk) {

    /** Checks that the matrices have the shape that is claimed. */
    public PersonPeriods {
        if (labels.length != rows * intervals || atRisk.length != labels.length) {
            throw new IllegalArgumentException(
                    "labels and atRisk must be of " + rows + " x " + intervals);
        }
    }

    /** The same with everybody entering at the first interval. */
    public static PersonPeriods of(int[] interval, boolean[] event, int intervals) {
        return of(interval, event, new int[interval.length], intervals);
    }

    /**
     * Person-periods of creatives.
     *
     * @param interval interval of the event, or at whose start the creative is censored
     * @param event whether it is an event
     * @param entry first interval in which the creative is watched (left truncation)
     * @param intervals number of hazard intervals
     */
    public static PersonPeriods of(int[] interval, boolean[] event, int[] entry, int intervals) {
        int rows = interval.length;
        if (event.length != rows || entry.length != rows) {
            throw new IllegalArgumentException(
                    "interval, event and entry must be of one length: "
                            + (rows + ", " + event.length + ", " + entry.length));
        }
        double[] labels = new double[rows * intervals];
        double[] atRisk = new double[rows * intervals];
        for (int i = 0; i < rows; i++) {
            fill(interval[i], event[i], entry[i], intervals, i * intervals, labels, atRisk);
        }
        return new PersonPeriods(rows, intervals, labels, atRisk);
    }

    /**
     * Writes the person-periods of one creative into a row of the caller's matrices.
     *
     * @param interval interval of the event, or at whose start the creative is censored
     * @param event whether it is an event
     * @param entry first interval in which the creative is watched
     * @param intervals number of hazard intervals
     * @param at where the row starts in both matrices
     * @param labels its row is overwritten
     * @param atRisk its row is overwritten
     */
    public static void fill(
            int interval,
            boolean event,
            int entry,
            int intervals,
            int at,
            double[] labels,
            double[] atRisk) {
        if (interval < 0 || entry < 0) {
            throw new IllegalArgumentException(
                    "an interval must not be negative: " + interval + ", entry " + entry);
        }
        Arrays.fill(labels, at, at + intervals, 0);
        Arrays.fill(atRisk, at, at + intervals, 0);
        int known = Math.min(event ? interval + 1 : interval, intervals);
        if (entry < known) {
            Arrays.fill(atRisk, at + entry, at + known, 1);
        }
        if (event && entry <= interval && interval < intervals) {
            labels[at + interval] = 1;
        }
    }
}
