// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * The level at which one end of the intervals is cut: adaptive conformal inference (Gibbs and
 * Candes, NeurIPS 2021), on the log odds of the level. Each end that did not hold lowers it, each
 * that held raises it, in proportion to the share that may fail, so that over time exactly this
 * share does, however the stream drifts: {@code sum (failed - target) = -2 (change of the log odds)
 * / rate}. A group of advertisers adds a correction of its own, which learns from the group's ends
 * alone, twice as quickly since it sees fewer, and so keeps the same promise of the group (gradient
 * equilibrium, Angelopoulos, Jordan and Tibshirani 2025); a group without outcomes has the level of
 * all.
 */
final class TailLevel {
    /** Lowest log odds of a correction: ends can hardly move any farther out beyond. */
    private static final double LEAST = -8;

    /**
     * Highest log odds of a correction. Ends that all hold are mostly those of creatives that a few
     * advertisers let run together; those that fail come all at once, and find a level that had
     * been raised far more than it should have been.
     */
    private static final double MOST = 1;

    private final double target;
    private final double rate;
    private final double[] groups;
    private double all;

    TailLevel(double target, double rate, int groups) {
        this.target = target;
        this.rate = rate;
        this.groups = new double[groups];
    }

    /** The share of creatives to be cut off, for a group; at most one half. */
    double level(int group) {
        double odds = target / (1 - target) * Math.exp(all + groups[group]);
        return Math.min(0.5, odds / (1 + odds));
    }

    /** Learns whether an end of a creative of a group failed. */
    void learn(int group, boolean failed) {
        double step = rate * (target - (failed ? 1 : 0));
        all = limited(all + step / 2);
        groups[group] = limited(groups[group] + step);
    }

    private static double limited(double correction) {
        return Math.max(LEAST, Math.min(MOST, correction));
    }

    void write(BinaryWriter out) {
        out.putDouble(all);
        out.putDoubles(groups);
    }

    /** Reads back; where there were other groups, what is known of all stays. */
    void read(BinaryReader in) {
        all = in.getDouble();
        double[] stored = in.getDoubles();
        if (stored.length == groups.length) {
            System.arraycopy(stored, 0, groups, 0, groups.length);
        }
    }
}
