// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.operators.ads.hazards.Intervals;

/**
 * The cumulative hazard of one creative from an age on, {@code H(t) = -log S(t)}. As the model has
 * it the hazard is spread evenly over an interval, so H rises there in a straight line. The
 * cumulative hazard at which a creative stops is its Cox-Snell residual (Cox and Snell 1968): were
 * the model right, it had a standard exponential distribution, whatever the creative.
 *
 * <p>Scratch space: describes one creative after another. Ages are in milliseconds since launch.
 */
final class Curve {
    /** A hazard of 1 has no cumulative hazard. */
    private static final double MOST = 1 - 1e-12;

    private final Intervals intervals;
    private final double[] steps;
    private long from;

    Curve(Intervals intervals) {
        this.intervals = intervals;
        this.steps = new double[intervals.columns()];
    }

    /**
     * Describes a creative.
     *
     * @param age from which on
     * @param hazards by column
     */
    void begin(long age, double[] hazards) {
        from = age;
        for (int k = 0; k < steps.length; k++) {
            steps[k] = -Math.log1p(-Math.min(MOST, hazards[k]));
        }
    }

    /** The cumulative hazard until an age; 0 for one that is past. */
    double until(long age) {
        double sum = 0;
        long at = from;
        for (int k = intervals.at(from); at < age; k++) {
            long end = Math.min(intervals.start(k + 1), age);
            sum += part(k, at, end);
            at = end;
        }
        return sum;
    }

    private double part(int interval, long begin, long end) {
        long start = intervals.start(interval);
        double width = intervals.start(interval + 1) - start;
        return steps[intervals.column(interval)] * (end - begin) / width;
    }

    /**
     * The age at which a cumulative hazard is reached.
     *
     * @param most the age that is given where it is not reached before
     */
    long reach(double hazard, long most) {
        double left = hazard;
        long at = from;
        for (int k = intervals.at(from); at < most; k++) {
            long end = Math.min(intervals.start(k + 1), most);
            double part = part(k, at, end);
            if (part > 0 && part >= left) {
                return at + (long) (left / part * (end - at));
            }
            left -= part;
            at = end;
        }
        return most;
    }
}
