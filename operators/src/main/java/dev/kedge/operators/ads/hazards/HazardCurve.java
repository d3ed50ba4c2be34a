// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

/**
 * What follows from hazards. A hazard is the probability to be discontinued in an interval given
 * running at its start; survival is the probability to run past an interval. Unless said otherwise
 * an array holds one creative's curve, one value an interval. Results go to the caller's buffers,
 * which may be the inputs themselves.
 */
public final class HazardCurve {
    private HazardCurve() {}

    /** Hazards from logits, one by one: any shape. */
    public static void hazards(double[] logits, double[] hazard) {
        for (int i = 0; i < logits.length; i++) {
            hazard[i] = Logistic.sigmoid(logits[i]);
        }
    }

    /**
     * Hazards of two heads over one axis: the short head's below the boundary, the long head's from
     * it on.
     *
     * @param shortLogits logits of the short head, one for each interval below the boundary
     * @param longLogits logits of the long head, one for each interval after
     * @param hazard overwritten, as long as both together
     */
    public static void hazards(double[] shortLogits, double[] longLogits, double[] hazard) {
        hazards(shortLogits, hazard);
        for (int k = 0; k < longLogits.length; k++) {
            hazard[shortLogits.length + k] = Logistic.sigmoid(longLogits[k]);
        }
    }

    /** Survival past each interval: the running product of one minus the hazard. */
    public static void survival(double[] hazard, double[] survival) {
        conditionalSurvival(hazard, 0, survival);
    }

    /**
     * Survival past each interval given running at the start of interval {@code from}; 1 for the
     * intervals before.
     */
    public static void conditionalSurvival(double[] hazard, int from, double[] survival) {
        double alive = 1;
        for (int k = 0; k < hazard.length; k++) {
            alive *= k < from ? 1 : 1 - hazard[k];
            survival[k] = alive;
        }
    }

    /**
     * Probability to be discontinued in the intervals {@code from} to {@code to}, the last not
     * included, given running at the start of {@code from}; 0 for no intervals. Exact for small
     * hazards too.
     */
    public static double discontinued(double[] hazard, int from, int to) {
        double log = 0;
        for (int k = from; k < to; k++) {
            log += Math.log1p(-hazard[k]);
        }
        return from < to ? -Math.expm1(log) : 0;
    }

    /** Probability of a cut-out: discontinued before interval {@code boundary}. */
    public static double cutOut(double[] hazard, int boundary) {
        return discontinued(hazard, 0, boundary);
    }

    /**
     * Restricted mean survival in intervals: the sum of survival over the intervals {@code from} to
     * {@code to}, the last not included. Its negative is the risk that creatives are ranked by.
     */
    public static double restrictedMean(double[] survival, int from, int to) {
        double sum = 0;
        for (int k = from; k < to; k++) {
            sum += survival[k];
        }
        return sum;
    }
}
