// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.hazards.Intervals;

/**
 * What the hazards say of one creative at one age: survival from now on, within an interval as if
 * the hazard were spread evenly over it, {@code S = (1 - h)^fraction}. All of it is conditional on
 * running now.
 */
public final class Outlook {
    private static final double DAY = 86_400_000.0;
    private static final int MIN_AHEAD = 4;

    private final Intervals intervals;
    private final double[] hazards;
    private final int from;
    private final long age;

    /**
     * Looks ahead.
     *
     * @param hazards array of hazards by column
     * @param from index of the first column's hazard
     * @param age age in milliseconds
     */
    public Outlook(Intervals intervals, double[] hazards, int from, long age) {
        this.intervals = intervals;
        this.hazards = hazards;
        this.from = from;
        this.age = Math.max(0, age);
    }

    /** The interval in which the creative is. */
    int interval() {
        return intervals.at(age);
    }

    /** How many intervals to show: to the last column, at least four. */
    int ahead() {
        return Math.max(MIN_AHEAD, intervals.columns() - interval());
    }

    double hazard(int interval) {
        return hazards[from + intervals.column(interval)];
    }

    /** Probability to run longer than until {@code later}, an age in milliseconds. */
    public double survivalTo(long later) {
        double survival = 1;
        long at = age;
        for (int k = interval(); at < later; k++) {
            long until = Math.min(intervals.start(k + 1), later);
            survival *= through(k, at, until);
            at = until;
        }
        return survival;
    }

    /** Probability to run from one moment of an interval to another, given running at the first. */
    private double through(int k, long from, long until) {
        double fraction = (until - from) / (double) (intervals.start(k + 1) - intervals.start(k));
        return Math.pow(1 - hazard(k), fraction);
    }

    /** Probability of discontinuation within so many days. */
    double within(double days) {
        return 1 - survivalTo(age + Math.round(days * DAY));
    }

    /**
     * Probability of discontinuation for one cause within so many days: in each interval the cause
     * has the part of the discontinuations that it has of the hazard.
     *
     * @param byCause hazards by column and cause
     * @param fromCause index of the cause's hazard of the first column
     * @param causes number of causes
     */
    double within(double days, double[] byCause, int fromCause, int causes) {
        long later = age + Math.round(days * DAY);
        double sum = 0;
        double before = 1;
        long at = age;
        for (int k = interval(); at < later; k++) {
            long until = Math.min(intervals.start(k + 1), later);
            double after = before * through(k, at, until);
            double hazard = hazard(k);
            double part = byCause[fromCause + intervals.column(k) * causes];
            sum += hazard == 0 ? 0 : (before - after) * part / hazard;
            before = after;
            at = until;
        }
        return sum;
    }

    /**
     * Band of each survival ahead, by the delta method on {@code log(-log S)}, which keeps it
     * within 0 and 1: {@code var(log S) = sum_k (fraction_k h_k)^2 var(a_k)}.
     *
     * @param variances variance of each column's logit
     * @param quantile of the standard normal; negative for the lower end
     */
    double[] band(double[] variances, double quantile) {
        double[] band = new double[ahead()];
        double logSurvival = 0;
        double variance = 0;
        for (int i = 0; i < band.length; i++) {
            int k = interval() + i;
            long start = intervals.start(k);
            long end = intervals.start(k + 1);
            double fraction = (end - Math.max(age, start)) / (double) (end - start);
            double hazard = hazard(k);
            double moved = fraction * hazard;
            logSurvival += fraction * Math.log1p(-hazard);
            variance += moved * moved * variances[intervals.column(k)];
            double spread = quantile * Math.sqrt(variance) / -logSurvival;
            band[i] = logSurvival == 0 ? 1 : Math.exp(logSurvival * Math.exp(-spread));
        }
        return band;
    }

    /** Probability to run past each interval ahead. */
    double[] survival() {
        double[] survival = new double[ahead()];
        double left = 1;
        long at = age;
        for (int i = 0; i < survival.length; i++) {
            int k = interval() + i;
            left *= through(k, at, intervals.start(k + 1));
            survival[i] = left;
            at = intervals.start(k + 1);
        }
        return survival;
    }

    /** Probability of discontinuation before the boundary; 0 past it. */
    public double cutOut() {
        return 1 - survivalTo(intervals.start(intervals.boundary()));
    }

    /** Probability of discontinuation past the boundary and within so many days. */
    double wearOut(double days) {
        long boundary = intervals.start(intervals.boundary());
        long horizon = age + Math.round(days * DAY);
        if (horizon <= boundary) {
            return 0;
        }
        return survivalTo(boundary) - survivalTo(horizon);
    }

    /**
     * Expected days still to run within so many days: the area under the survival curve, by the
     * trapezoid rule over the intervals. The window is the same at every age, so creatives of
     * different ages can be compared.
     */
    public double expectedDays(double days) {
        long horizon = age + Math.round(days * DAY);
        double sum = 0;
        double before = 1;
        long at = age;
        for (int k = interval(); at < horizon; k++) {
            long end = Math.min(intervals.start(k + 1), horizon);
            double after = before * through(k, at, end);
            sum += (before + after) / 2 * (end - at) / DAY;
            before = after;
            at = end;
        }
        return sum;
    }
}
