// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import java.util.Arrays;

/**
 * How often the creative of higher risk is the one discontinued first.
 *
 * <p>A pair is comparable if one is discontinued before the other's time, or at the same time at
 * which the other is censored. It is concordant if the one discontinued first has the higher risk;
 * risks closer than a tolerance are tied and count one half. Definitions as in scikit-survival, in
 * O(n log n).
 *
 * @param index share of comparable pairs that are concordant, ties by half; not a number if no pair
 *     is comparable
 * @param concordant number of concordant pairs
 * @param discordant number of discordant pairs
 * @param tiedRisk number of comparable pairs of tied risk
 * @param tiedTime number of comparable pairs at the same time
 */
public record Concordance(
        double index, long concordant, long discordant, long tiedRisk, long tiedTime) {
    /** Risks that are no further apart are tied. */
    public static final double TOLERANCE = 1e-8;

    /** Harrell's concordance, risks tied within {@link #TOLERANCE}. */
    public static Concordance harrell(Outcomes outcomes, double[] risks) {
        return harrell(outcomes, risks, TOLERANCE);
    }

    /**
     * Harrell's concordance. Never refuses for want of pairs, so it may be asked for at any moment
     * of a stream.
     *
     * @param outcomes what became of each creative
     * @param risks the higher, the sooner expected to be discontinued
     * @param tolerance risks that are no further apart are tied
     */
    public static Concordance harrell(Outcomes outcomes, double[] risks, double tolerance) {
        double[] ones = new double[outcomes.size()];
        Arrays.fill(ones, 1);
        return new PairCounter(outcomes, risks, ones, tolerance).count();
    }

    /**
     * Uno's concordance: pairs are weighted by the inverse of the squared probability to be
     * censored after the first one's event, and only events before {@code tau} count in the index.
     * The numbers of pairs are of all pairs, unweighted.
     *
     * @param training outcomes that the censoring distribution is estimated from
     * @param outcomes what became of each creative
     * @param risks the higher, the sooner expected to be discontinued
     * @param tau where to stop; infinite for nowhere
     * @param tolerance risks that are no further apart are tied
     * @throws IllegalArgumentException if the censoring distribution is zero or not defined at an
     *     event before {@code tau}
     */
    public static Concordance uno(
            Outcomes training, Outcomes outcomes, double[] risks, double tau, double tolerance) {
        double[] weights = KaplanMeier.censoring(training).inverseWeights(outcomes, tau);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weights[i];
        }
        return new PairCounter(outcomes, risks, weights, tolerance).count();
    }

    /**
     * The index, where it must be one.
     *
     * @throws IllegalArgumentException if no pair is comparable
     */
    public double requireIndex() {
        if (Double.isNaN(index)) {
            throw new IllegalArgumentException(
                    "there are no comparable pairs: fewer than two creatives, or no events");
        }
        return index;
    }
}
