// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * The level at which one end of the intervals is cut: adaptive conformal inference (Gibbs and
 * Candes, NeurIPS 2021), on the log odds of the level. Each end that did not hold lowers it, each
 * that held raises it, in proportion to the share that may fail, so that over time exactly this
 * share does, however the stream drifts: {@code sum (failed - target) = -2 (change of the log odds)
 * / rate}.
 *
 * <p>Whether an end failed is known long after it was said, and sooner of some ends than of others:
 * an upper end holds when the creative stops, and fails only once it is reached. A level that
 * learned failures when they happen would first hear of those that hold. So an end is learned in
 * parts. While the creative runs, the probability that the end fails, as if it had been said
 * rightly, is followed ({@link #failsEarly}, {@link #failsLate}): at first it is the target, in the
 * end 0 or 1, and the level learns each change of it. The parts add up to {@code failed - target},
 * so the promise is the same; and being those of a martingale (Doob's) they are 0 in expectation at
 * every age if as many fail as may, so that it does not matter how many ends are not decided yet.
 *
 * <p>A group of advertisers adds a correction of its own, which learns from the group's ends alone,
 * twice as quickly since it sees fewer, and so keeps the same promise of the group (gradient
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

    /** The share that may fail. */
    double target() {
        return target;
    }

    /**
     * Probability that a running creative stops before its lower end, were the end right: {@code 1
     * - (1 - target)^(1 - done)}.
     *
     * @param done share of the cumulative hazard until the end that the creative outlived
     */
    double failsEarly(double done) {
        return -Math.expm1(Math.log1p(-target) * (1 - done));
    }

    /**
     * Probability that a running creative outlives its upper end, were the end right: {@code
     * target^(1 - done)}.
     */
    double failsLate(double done) {
        return Math.exp(Math.log(target) * (1 - done));
    }

    /**
     * Learns of an end of a creative of a group.
     *
     * @param excess by how much likelier it is now that it fails; of all that is learned of an end
     *     the sum is {@code failed - target}
     */
    void learn(int group, double excess) {
        double step = -rate * excess;
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
