// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import dev.kedge.operators.ads.metrics.Outcomes;

/**
 * Cox's partial log likelihood minus a ridge penalty, with its gradient and information (the
 * negated matrix of second derivatives) at one vector of coefficients. Goes back in time and adds
 * to sums over all at risk.
 */
final class PartialLikelihood {
    private final double[][] features;
    private final Outcomes outcomes;
    private final CoxRegression.Ties ties;
    private final int[] order;
    private final double[] gradient;
    private final double[][] information;
    private double value;

    PartialLikelihood(
            double[][] features, Outcomes outcomes, CoxRegression.Settings settings, double[] at) {
        this.features = features;
        this.outcomes = outcomes;
        this.ties = settings.ties();
        this.order = outcomes.byTime();
        this.gradient = new double[at.length];
        this.information = new double[at.length][at.length];
        addEvents(at);
        addPenalty(settings.ridge(), at);
    }

    double value() {
        return value;
    }

    double[] gradient() {
        return gradient;
    }

    double[][] information() {
        return information;
    }

    /** Product of features and coefficients. */
    static double predictor(double[] row, double[] coefficients) {
        double sum = 0;
        for (int j = 0; j < coefficients.length; j++) {
            sum += row[j] * coefficients[j];
        }
        return sum;
    }

    private void addEvents(double[] at) {
        double[] predictors = new double[order.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < order.length; i++) {
            predictors[i] = predictor(features[i], at);
            largest = Math.max(largest, predictors[i]);
        }
        RiskSums atRisk = new RiskSums(at.length);
        for (int end = order.length; end > 0; ) {
            RiskSums ended = new RiskSums(at.length);
            double time = outcomes.times()[order[end - 1]];
            while (end > 0 && outcomes.times()[order[end - 1]] == time) {
                end--;
                addRow(order[end], predictors[order[end]] - largest, atRisk, ended);
            }
            subtractExpected(atRisk, ended, largest);
        }
        for (int i = 0; i < order.length; i++) {
            value += outcomes.events()[i] ? predictors[i] : 0;
        }
    }

    private void addRow(int row, double logRisk, RiskSums atRisk, RiskSums ended) {
        double risk = Math.exp(logRisk);
        atRisk.add(features[row], risk);
        if (outcomes.events()[row]) {
            ended.add(features[row], risk);
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += features[row][j];
            }
        }
    }

    private void subtractExpected(RiskSums atRisk, RiskSums ended, double logScale) {
        for (int event = 0; event < ended.rows; event++) {
            double left = ties == CoxRegression.Ties.EFRON ? (double) event / ended.rows : 0;
            double total = atRisk.total - left * ended.total;
            value -= Math.log(total) + logScale;
            for (int j = 0; j < gradient.length; j++) {
                double mean = (atRisk.first[j] - left * ended.first[j]) / total;
                gradient[j] -= mean;
                addInformation(j, mean, left, total, atRisk, ended);
            }
        }
    }

    private void addInformation(
            int j, double mean, double left, double total, RiskSums atRisk, RiskSums ended) {
        for (int k = 0; k < gradient.length; k++) {
            double other = (atRisk.first[k] - left * ended.first[k]) / total;
            double square = (atRisk.second[j][k] - left * ended.second[j][k]) / total;
            information[j][k] += square - mean * other;
        }
    }

    private void addPenalty(double ridge, double[] at) {
        for (int j = 0; j < at.length; j++) {
            value -= ridge / 2 * at[j] * at[j];
            gradient[j] -= ridge * at[j];
            information[j][j] += ridge;
        }
    }

    /** Sums of risk, risk times features, and risk times their products. */
    private static final class RiskSums {
        private final double[] first;
        private final double[][] second;
        private double total;
        private int rows;

        RiskSums(int width) {
            first = new double[width];
            second = new double[width][width];
        }

        void add(double[] row, double risk) {
            rows++;
            total += risk;
            for (int j = 0; j < first.length; j++) {
                first[j] += risk * row[j];
                for (int k = 0; k < first.length; k++) {
                    second[j][k] += risk * row[j] * row[k];
                }
            }
        }
    }
}
