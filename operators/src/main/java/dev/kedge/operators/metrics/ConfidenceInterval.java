// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Mean of several runs and half the width of its interval by Student's t.
 *
 * @param mean mean
 * @param halfWidth half the width; not a number for a single run
 */
public record ConfidenceInterval(double mean, double halfWidth) {
    /**
     * The interval of the mean.
     *
     * @param values one for each run
     * @param confidence for example 0.95
     * @throws IllegalArgumentException without values
     */
    public static ConfidenceInterval of(double[] values, double confidence) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there must be at least one run");
        }
        SummaryStatistics runs = new SummaryStatistics();
        for (double value : values) {
            runs.addValue(value);
        }
        if (values.length == 1) {
            return new ConfidenceInterval(values[0], Double.NaN);
        }
        double quantile =
                new TDistribution(values.length - 1.0)
                        .inverseCumulativeProbability((1 + confidence) / 2);
        return new ConfidenceInterval(
                runs.getMean(), quantile * runs.getStandardDeviation() / Math.sqrt(values.length));
    }
}
