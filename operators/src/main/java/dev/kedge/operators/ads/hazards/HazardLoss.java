// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import java.util.Arrays;

/**
 * Negative log likelihood of person-periods, from logits (Gensheimer and Narasimhan, <i>A scalable
 * discrete-time survival model for neural networks</i>, PeerJ 7:e6257, 2019).
 *
 * <p>{@code L = sum_ik w_i m_ik (softplus(a_ik) - y_ik a_ik) / sum_i w_i}, with the gradient {@code
 * dL/da_ik = w_i m_ik (sigmoid(a_ik) - y_ik) / sum_i w_i}. Nothing is allocated. Logits where
 * nothing is at risk are not looked at.
 */
public final class HazardLoss {
    private HazardLoss() {}

    /**
     * Loss and gradient of one head.
     *
     * @param logits logits {@code a}, rows x intervals
     * @param labels 1 in the interval of the discontinuation, else 0, rows x intervals
     * @param atRisk 1 for each interval that was entered and whose outcome is known, else 0, rows x
     *     intervals
     * @param weights weight of each row, none negative
     * @param rows number of creatives
     * @param intervals number of hazard intervals
     * @param gradient overwritten with the loss's gradient by the logits, rows x intervals
     * @return the loss; 0, as the gradient, if there are no rows or no weights
     */
    public static double evaluate(
            double[] logits,
            double[] labels,
            double[] atRisk,
            double[] weights,
            int rows,
            int intervals,
            double[] gradient) {
        double total = sum(weights, rows);
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            int at = i * intervals;
            double share = share(weights[i], total);
            loss += row(logits, at, labels, atRisk, at, intervals, share, gradient);
        }
        return loss;
    }

    /** Sum of the first {@code rows} weights. */
    static double sum(double[] weights, int rows) {
        double total = 0;
        for (int i = 0; i < rows; i++) {
            total += weights[i];
        }
        return total;
    }

    /** What part of the total a weight is; 0 of nothing. */
    static double share(double weight, double total) {
        return total == 0 ? 0 : weight / total;
    }

    /**
     * Loss of one row's intervals, times {@code share}; their gradient, likewise, into {@code
     * gradient}.
     *
     * @param logitsAt where the row starts in {@code logits} and {@code gradient}
     * @param periodsAt where it starts in {@code labels} and {@code atRisk}
     * @param width how many intervals to take
     */
    static double row(
            double[] logits,
            int logitsAt,
            double[] labels,
            double[] atRisk,
            int periodsAt,
            int width,
            double share,
            double[] gradient) {
        Arrays.fill(gradient, logitsAt, logitsAt + width, 0);
        double loss = 0;
        for (int k = 0; k < width; k++) {
            double weight = share * atRisk[periodsAt + k];
            if (weight != 0) {
                double logit = logits[logitsAt + k];
                double label = labels[periodsAt + k];
                loss += weight * (Logistic.softplus(logit) - label * logit);
                gradient[logitsAt + k] = weight * (Logistic.sigmoid(logit) - label);
            }
        }
        return loss;
    }
}
