// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import dev.kedge.operators.ads.metrics.Outcomes;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Cox's proportional hazards, fitted in batch by Newton's method with step halving: the baseline of
 * the stream's models. Features are taken as they are; with a ridge their scales matter.
 *
 * @param coefficients one a feature
 * @param logLikelihood partial log likelihood minus the ridge penalty
 * @param steps Newton steps made
 * @param converged whether the gradient became small enough
 */
public record CoxRegression(
        double[] coefficients, double logLikelihood, int steps, boolean converged) {
    private static final int HALVINGS = 40;
    private static final double ROUNDING = 1e-13;

    /** How events at the same time share the risk set. */
    public enum Ties {
        /** All have the whole risk set. */
        BRESLOW,
        /** The tied events leave it one after the other, on average. */
        EFRON
    }

    /**
     * How to fit.
     *
     * @param ties how events at the same time share the risk set
     * @param ridge the penalty is half of this times the sum of squared coefficients
     * @param steps Newton steps at most
     * @param tolerance largest absolute gradient, an event, that counts as zero
     */
    public record Settings(Ties ties, double ridge, int steps, double tolerance) {
        /** Efron's ties, no penalty. */
        public static final Settings DEFAULT = new Settings(Ties.EFRON, 0, 50, 1e-9);
    }

    /**
     * Fits the coefficients.
     *
     * @param features creatives x features, finite
     * @param outcomes what became of each creative
     * @param settings how to fit
     */
    public static CoxRegression fit(double[][] features, Outcomes outcomes, Settings settings) {
        if (features.length == 0 || features.length != outcomes.size()) {
            throw new IllegalArgumentException(
                    "features must be one row a creative: "
                            + (features.length + " for " + outcomes.size()));
        }
        Problem problem = new Problem(features, outcomes, settings);
        double small = settings.tolerance() * Math.max(1, events(outcomes));
        Point point = problem.at(new double[features[0].length]);
        for (int step = 0; step < settings.steps(); step++) {
            if (largest(point.likelihood().gradient()) <= small) {
                return point.asResult(step, true);
            }
            Point next = problem.climb(point);
            if (next.equals(point)) {
                return point.asResult(step, false);
            }
            point = next;
        }
        boolean converged = largest(point.likelihood().gradient()) <= small;
        return point.asResult(settings.steps(), converged);
    }

    /** Linear predictor of a creative: the higher, the sooner expected to be discontinued. */
    public double risk(double[] features) {
        return PartialLikelihood.predictor(features, coefficients);
    }

    /** Coefficients and the likelihood there. */
    private record Point(double[] coefficients, PartialLikelihood likelihood) {
        CoxRegression asResult(int steps, boolean converged) {
            return new CoxRegression(coefficients, likelihood.value(), steps, converged);
        }
    }

    /** What is maximised. */
    private record Problem(double[][] features, Outcomes outcomes, Settings settings) {
        Point at(double[] coefficients) {
            return new Point(
                    coefficients,
                    new PartialLikelihood(features, outcomes, settings, coefficients));
        }

        /** One Newton step, halved until it does not go down; the same point if none does. */
        Point climb(Point from) {
            double[] direction = direction(from.likelihood());
            double floor = from.likelihood().value();
            floor -= ROUNDING * Math.abs(floor);
            double length = 1;
            for (int half = 0; half < HALVINGS; half++) {
                Point next = at(moved(from.coefficients(), direction, length));
                if (next.likelihood().value() >= floor) {
                    return next;
                }
                length /= 2;
            }
            return from;
        }
    }

    private static double[] direction(PartialLikelihood at) {
        Array2DRowRealMatrix information = new Array2DRowRealMatrix(at.information(), false);
        return new SingularValueDecomposition(information)
                .getSolver()
                .solve(new ArrayRealVector(at.gradient(), false))
                .toArray();
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = from.clone();
        for (int j = 0; j < to.length; j++) {
            to[j] += length * direction[j];
        }
        return to;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static int events(Outcomes outcomes) {
        int count = 0;
        for (boolean event : outcomes.events()) {
            count += event ? 1 : 0;
        }
        return count;
    }
}
