// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import java.util.Arrays;

/**
 * Kaplan-Meier's estimate of a survival function: of discontinuation, or of censoring, in which
 * discontinuations at the same time come first. A right-continuous step function, 1 before the
 * first time. Rules as in scikit-survival.
 */
public final class KaplanMeier {
    private static final double SAME_TIME = Math.ulp(1.0);

    private final double[] times;
    private final double[] probabilities;

    private KaplanMeier(double[] times, double[] probabilities) {
        this.times = times;
        this.probabilities = probabilities;
    }

    /** Probability to run past a time. */
    public static KaplanMeier survival(Outcomes outcomes) {
        return estimate(outcomes, false);
    }

    /** Probability to be censored after a time, for inverse probability of censoring weights. */
    public static KaplanMeier censoring(Outcomes outcomes) {
        return estimate(outcomes, true);
    }

    private static KaplanMeier estimate(Outcomes outcomes, boolean censoring) {
        int[] order = outcomes.byTime();
        double[] times = new double[order.length];
        double[] probabilities = new double[order.length];
        int steps = 0;
        double alive = 1;
        for (int start = 0; start < order.length; steps++) {
            int end = Sorting.endOfTies(outcomes.times(), order, start);
            alive *= 1 - ratio(outcomes.events(), order, start, end, censoring);
            times[steps] = outcomes.times()[order[start]];
            probabilities[steps] = alive;
            start = end;
        }
        return new KaplanMeier(Arrays.copyOf(times, steps), Arrays.copyOf(probabilities, steps));
    }

    private static double ratio(
            boolean[] events, int[] order, int start, int end, boolean censoring) {
        int ended = 0;
        for (int i = start; i < end; i++) {
            ended += events[order[i]] ? 1 : 0;
        }
        int censored = end - start - ended;
        int leaving = censoring ? censored : ended;
        int atRisk = order.length - start - (censoring ? ended : 0);
        return leaving == 0 ? 0 : (double) leaving / atRisk;
    }

    /** The times at which the estimate is known, increasing. */
    public double[] times() {
        return times.clone();
    }

    /** The estimate at each of {@link #times()}. */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /**
     * The estimate at a time.
     *
     * @throws IllegalArgumentException past the last time, unless the estimate has reached zero:
     *     there it is not defined
     */
    public double at(double time) {
        if (isPast(time)) {
            if (last() > 0) {
                throw new IllegalArgumentException(
                        "time must not be past the largest observed time " + (end() + ": " + time));
            }
            return 0;
        }
        return atOrLast(time);
    }

    /** The estimate at a time; past the last time the last one, 1 if there are none. */
    public double atOrLast(double time) {
        if (isPast(time)) {
            return last();
        }
        int found = Arrays.binarySearch(times, time);
        int next = found < 0 ? -found - 1 : found;
        int step = times[next] - time < SAME_TIME ? next : next - 1;
        return step < 0 ? 1 : probabilities[step];
    }

    /**
     * One by the estimate at a time, where the estimate is of censoring.
     *
     * @throws IllegalArgumentException where the estimate is zero or not defined
     */
    public double inverseAt(double time) {
        double probability = at(time);
        if (probability == 0) {
            throw new IllegalArgumentException(
                    "the censoring survival function is zero at time "
                            + time
                            + ": no weight can make up for what is always censored there");
        }
        return 1 / probability;
    }

    /**
     * Inverse probability of censoring weights: {@link #inverseAt} for events before {@code tau},
     * else 0.
     */
    double[] inverseWeights(Outcomes outcomes, double tau) {
        double[] weights = new double[outcomes.size()];
        for (int i = 0; i < weights.length; i++) {
            double time = outcomes.times()[i];
            weights[i] = outcomes.events()[i] && time < tau ? inverseAt(time) : 0;
        }
        return weights;
    }

    private boolean isPast(double time) {
        return time > end();
    }

    private double end() {
        return times.length == 0 ? Double.NEGATIVE_INFINITY : times[times.length - 1];
    }

    private double last() {
        return probabilities.length == 0 ? 1 : probabilities[probabilities.length - 1];
    }
}
