// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

/**
 * Area under the ROC curve at horizons: creatives discontinued by a horizon against those that run
 * past it, the former weighted by the inverse probability of censoring (Uno et al., 2007).
 * Definitions as in scikit-survival.
 *
 * @param areas area at each horizon; not a number where there are no cases
 * @param mean mean of the areas, weighted by how far survival falls up to each horizon from the one
 *     before
 */
public record CumulativeDynamicAuc(double[] areas, double mean) {

    /**
     * Areas at horizons.
     *
     * @param training outcomes that the censoring distribution is estimated from
     * @param outcomes what became of each creative
     * @param risks the higher, the sooner expected to be discontinued
     * @param horizons increasing, within the follow-up time of {@code outcomes}
     * @param tolerance neighbouring risks that are no further apart are tied
     * @throws IllegalArgumentException if a horizon is not within the follow-up time, or the
     *     censoring distribution is zero or not defined at an event
     */
    public static CumulativeDynamicAuc of(
            Outcomes training,
            Outcomes outcomes,
            double[] risks,
            double[] horizons,
            double tolerance) {
        outcomes.requireSize("risks", risks.length);
        outcomes.requireHorizons(horizons);
        Sorting.requireFinite("risks", risks);
        KaplanMeier censoring = KaplanMeier.censoring(training);
        double[] weights = censoring.inverseWeights(outcomes, Double.POSITIVE_INFINITY);
        int[] order = Sorting.ascending(risks);
        double[] areas = new double[horizons.length];
        for (int h = 0; h < areas.length; h++) {
            areas[h] = area(outcomes, risks, weights, order, horizons[h], tolerance);
        }
        return new CumulativeDynamicAuc(areas, mean(outcomes, horizons, areas));
    }

    private static double area(
            Outcomes outcomes,
            double[] risks,
            double[] weights,
            int[] order,
            double horizon,
            double tolerance) {
        double cases = 0;
        double controls = 0;
        double casesBefore = 0;
        double controlsBefore = 0;
        double area = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            int row = order[i];
            cases += outcomes.isCase(row, horizon) ? weights[row] : 0;
            controls += outcomes.isControl(row, horizon) ? 1 : 0;
            if (i == 0 || risks[row] - risks[order[i - 1]] > tolerance) {
                area += (controls - controlsBefore) * (cases + casesBefore) / 2;
                casesBefore = cases;
                controlsBefore = controls;
            }
        }
        return area / (cases * controls);
    }

    private static double mean(Outcomes outcomes, double[] horizons, double[] areas) {
        if (areas.length == 1) {
            return areas[0];
        }
        KaplanMeier survival = KaplanMeier.survival(outcomes);
        double sum = 0;
        double before = 1;
        for (int h = 0; h < areas.length; h++) {
            double alive = survival.at(horizons[h]);
            sum += areas[h] * (before - alive);
            before = alive;
        }
        return sum / (1 - before);
    }
}
