// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static dev.kedge.state.text.Text.format;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The hazard intervals: interval k covers [cut k, cut k+1) days since launch. The last of the K
 * columns is open: past the last cut time goes on in steps of the last finite width, and all these
 * intervals share the last column, so a very old creative still has a hazard for each step and
 * still teaches it.
 */
public final class Intervals implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double DAY = 86_400_000.0;

    private final double[] cuts;
    private final long[] starts;
    private final long step;
    private final int boundary;

    /**
     * Checks and builds.
     *
     * @param cuts increasing days since launch; the first is 0, at least two
     * @param boundary the cut at which cut-out ends and wear-out begins; must be one of the cuts
     *     after the first
     * @throws IllegalArgumentException if not
     */
    public Intervals(List<Double> cuts, double boundary) {
        this.cuts = cuts.stream().mapToDouble(Double::doubleValue).toArray();
        if (cuts.size() < 2 || this.cuts[0] != 0) {
            throw new IllegalArgumentException(
                    "cuts: must begin with 0 and have at least two values, not " + cuts);
        }
        for (int i = 1; i < this.cuts.length; i++) {
            if (!(this.cuts[i] > this.cuts[i - 1]) || this.cuts[i] > 36_500) {
                throw new IllegalArgumentException(
                        "cuts: must increase and stay below 36500 days, not " + cuts);
            }
        }
        this.boundary = Arrays.binarySearch(this.cuts, boundary);
        if (this.boundary < 1) {
            throw new IllegalArgumentException(
                    format("boundary: %s must be one of the cuts after 0: %s", boundary, cuts));
        }
        starts = Arrays.stream(this.cuts).mapToLong(c -> Math.round(c * DAY)).toArray();
        step = starts[starts.length - 1] - starts[starts.length - 2];
    }

    /** Number of columns K. */
    public int columns() {
        return cuts.length;
    }

    /** First interval of the wear-out term. */
    public int boundary() {
        return boundary;
    }

    /** Start of an interval in milliseconds since launch; intervals go on past the last cut. */
    public long start(int interval) {
        int last = starts.length - 1;
        return interval <= last ? starts[interval] : starts[last] + step * (interval - last);
    }

    /** The interval in which an age in milliseconds lies. */
    public int at(long age) {
        int last = starts.length - 1;
        if (age >= starts[last]) {
            return Math.toIntExact(last + (age - starts[last]) / step);
        }
        int found = Arrays.binarySearch(starts, Math.max(0, age));
        return found >= 0 ? found : -found - 2;
    }

    /** The column that holds the hazard of an interval. */
    public int column(int interval) {
        return Math.min(interval, cuts.length - 1);
    }

    /** Start of an interval in days since launch. */
    public double startDays(int interval) {
        return start(interval) / DAY;
    }
}
