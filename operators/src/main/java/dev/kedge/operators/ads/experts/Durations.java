// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * How long creatives ran that were stopped, as a log-logistic distribution: {@code log(1 + days)}
 * has a mean, which may be an advertiser's own, and a spread that all share, learned from how far
 * off the mean that was foretold has been. Those that still run say nothing here; pace and life
 * tables hear them.
 */
final class Durations {
    /** Residuals after which the spread follows a change. */
    private static final double MEMORY = 1_000;

    private static final double LEAST_VARIANCE = 0.01;
    private static final double PRIOR = 1;

    private final double prior;
    private double sum;
    private double weight;
    private double variance = 1;
    private double count = 1;

    /**
     * Begins.
     *
     * @param prior mean of log(1 + days) before anything was seen
     */
    Durations(double prior) {
        this.prior = prior;
    }

    /** Mean of log(1 + days) of all. */
    double mean() {
        return (sum + PRIOR * prior) / (weight + PRIOR);
    }

    /**
     * Learns.
     *
     * @param logDay log(1 + days)
     * @param foretold mean that was foretold of it
     */
    void learn(double logDay, double ofWeight, double foretold) {
        double off = logDay - foretold;
        count = Math.min(count + 1, MEMORY);
        variance += (off * off - variance) / count;
        sum += ofWeight * logDay;
        weight += ofWeight;
    }

    /**
     * Log odds of the hazards.
     *
     * @param mean mean of log(1 + days)
     * @param logStarts log(1 + days) of the start of each column and of the end of the last
     * @param at place of the first column's
     * @param from first column that is wanted
     * @param to column after the last that is wanted
     */
    void logits(double mean, double[] logStarts, double[] logits, int at, int from, int to) {
        // A logistic distribution with scale s has the variance (pi s)^2 / 3.
        double scale = Math.sqrt(3 * Math.max(LEAST_VARIANCE, variance)) / Math.PI;
        double before = 1 + Math.exp((logStarts[from] - mean) / scale);
        for (int k = from; k < to; k++) {
            double after = 1 + Math.exp((logStarts[k + 1] - mean) / scale);
            logits[at + k] = Odds.logit(1 - before / after);
            before = after;
        }
    }

    void write(BinaryWriter out) {
        out.putDouble(sum);
        out.putDouble(weight);
        out.putDouble(variance);
        out.putDouble(count);
    }

    void read(BinaryReader in) {
        sum = in.getDouble();
        weight = in.getDouble();
        variance = in.getDouble();
        count = in.getDouble();
    }
}
