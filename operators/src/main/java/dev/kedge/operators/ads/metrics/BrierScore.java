// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

/**
 * Mean squared error of predicted survival at horizons, weighted by the inverse probability of
 * censoring (Graf et al., 1999). Definitions as in scikit-survival.
 *
 * @param scores score at each horizon, 0 the best
 * @param integrated mean of the scores from the first horizon to the last by the trapezoidal rule;
 *     not a number with fewer than two horizons
 */
public record BrierScore(double[] scores, double integrated) {

    /**
     * Scores at horizons.
     *
     * @param training outcomes that the censoring distribution is estimated from
     * @param outcomes what became of each creative
     * @param survival predicted probability to run past each horizon, creatives x horizons
     * @param horizons increasing, within the follow-up time of {@code outcomes}
     * @throws IllegalArgumentException if a horizon is not within the follow-up time, or the
     *     censoring distribution is zero or not defined where a weight is needed
     */
    public static BrierScore of(
            Outcomes training, Outcomes outcomes, double[][] survival, double[] horizons) {
        outcomes.requireSize("survival", survival.length);
        outcomes.requireHorizons(horizons);
        KaplanMeier censoring = KaplanMeier.censoring(training);
        double[] scores = new double[horizons.length];
        for (int h = 0; h < scores.length; h++) {
            scores[h] = score(censoring, outcomes, survival, h, horizons[h]);
        }
        return new BrierScore(scores, integrate(scores, horizons));
    }

    private static double score(
            KaplanMeier censoring,
            Outcomes outcomes,
            double[][] survival,
            int column,
            double horizon) {
        double sum = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            double predicted = survival[i][column];
            if (outcomes.isCase(i, horizon)) {
                sum += predicted * predicted * censoring.inverseAt(outcomes.times()[i]);
            } else if (outcomes.isControl(i, horizon)) {
                sum += (1 - predicted) * (1 - predicted) * censoring.inverseAt(horizon);
            }
        }
        return sum / outcomes.size();
    }

    private static double integrate(double[] scores, double[] horizons) {
        double sum = 0;
        for (int h = 1; h < scores.length; h++) {
            sum += (horizons[h] - horizons[h - 1]) * (scores[h] + scores[h - 1]) / 2;
        }
        return scores.length < 2 ? Double.NaN : sum / (horizons[horizons.length - 1] - horizons[0]);
    }
}
