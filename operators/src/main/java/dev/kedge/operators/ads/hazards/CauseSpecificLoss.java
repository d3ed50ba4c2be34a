// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import java.util.Arrays;

/**
 * Negative log likelihood of person-periods that end for one of several causes, or not at all
 * (cause-specific hazards in discrete time: Tutz and Schmid, <i>Modeling Discrete Time-to-Event
 * Data</i>, 2016, section 8.1, the multinomial logit with survival as the reference).
 *
 * <p>{@code h_ikc = exp(a_ikc) / (1 + sum_c' exp(a_ikc'))}; the loss of an interval at risk is
 * {@code log(1 + sum_c exp(a_ikc)) - sum_c y_ikc a_ikc}, with the gradient {@code h_ikc - y_ikc}; a
 * row's weight over the sum of all weights stands before both. With one cause it is {@link
 * HazardLoss}. Nothing is allocated.
 */
public final class CauseSpecificLoss {
    private CauseSpecificLoss() {}

    /**
     * Loss and gradient.
     *
     * @param logits logits {@code a}, rows x intervals x causes
     * @param labels 1 for the cause and the interval of a discontinuation, else 0, of that shape
     * @param atRisk 1 for each interval that was entered and whose outcome is known, else 0, of
     *     that shape; the same for all causes of an interval
     * @param weights weight of each row, none negative
     * @param rows number of creatives
     * @param intervals number of hazard intervals
     * @param causes number of causes
     * @param gradient overwritten with the loss's gradient by the logits, of that shape
     * @return the loss; 0, as the gradient, if there are no rows or no weights
     */
    public static double evaluate(
            double[] logits,
            double[] labels,
            double[] atRisk,
            double[] weights,
            int rows,
            int intervals,
            int causes,
            double[] gradient) {
        Arrays.fill(gradient, 0, rows * intervals * causes, 0);
        double total = HazardLoss.sum(weights, rows);
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            double share = HazardLoss.share(weights[i], total);
            for (int k = 0; k < intervals; k++) {
                int at = (i * intervals + k) * causes;
                double weight = share * atRisk[at];
                if (weight != 0) {
                    loss += weight * interval(logits, labels, at, causes, weight, gradient);
                }
            }
        }
        return loss;
    }

    private static double interval(
            double[] logits,
            double[] labels,
            int at,
            int causes,
            double weight,
            double[] gradient) {
        double logSum = hazards(logits, at, causes, gradient, at);
        double loss = logSum;
        for (int c = at; c < at + causes; c++) {
            loss -= labels[c] * logits[c];
            gradient[c] = weight * (gradient[c] - labels[c]);
        }
        return loss;
    }

    /**
     * Hazards of one interval by cause.
     *
     * @param logits logits, from {@code at} on
     * @param hazards receives as many hazards, from {@code to} on; may be the logits themselves
     * @return {@code log(1 + sum_c exp(a_c))}
     */
    static double hazards(double[] logits, int at, int causes, double[] hazards, int to) {
        double max = 0;
        for (int c = 0; c < causes; c++) {
            max = Math.max(max, logits[at + c]);
        }
        double sum = Math.exp(-max);
        for (int c = 0; c < causes; c++) {
            hazards[to + c] = Math.exp(logits[at + c] - max);
            sum += hazards[to + c];
        }
        for (int c = 0; c < causes; c++) {
            hazards[to + c] /= sum;
        }
        return max + Math.log(sum);
    }
}
