// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

/**
 * Two-term estimation (Kitada, Iyatomi and Seki, Applied Sciences 12(7):3594, 2022): a short head
 * for the intervals below the boundary (cut-out), a long head for the rest (wear-out).
 *
 * <p>{@code L = lambda_s L_short + lambda_l L_long}, each term a {@link HazardLoss} over its
 * intervals, divided by the sum of all weights. That creatives which outlive the boundary are
 * censored there for the short head, and enter there for the long one, follows from cutting the
 * person-periods at the boundary.
 *
 * @param boundary number of intervals of the short head, 0 to all
 * @param lambdaShort weight of the short head's loss
 * @param lambdaLong weight of the long head's loss
 */
public record TwoTermLoss(int boundary, double lambdaShort, double lambdaLong) {

    /** Checks the boundary. */
    public TwoTermLoss {
        if (boundary < 0) {
            throw new IllegalArgumentException("the boundary must not be negative: " + boundary);
        }
    }

    /**
     * The value of the loss.
     *
     * @param total both terms by their lambdas
     * @param shortTerm loss of the short head, without its lambda
     * @param longTerm loss of the long head, without its lambda
     */
    public record Value(double total, double shortTerm, double longTerm) {}

    /**
     * Loss and gradients of both heads.
     *
     * @param shortLogits logits of the short head, rows x boundary
     * @param longLogits logits of the long head, rows x (intervals - boundary)
     * @param periods labels and at-risk indicators over all intervals
     * @param weights weight of each row, none negative
     * @param shortGradient overwritten with the gradient of {@link Value#total} by the short logits
     * @param longGradient overwritten with the gradient of {@link Value#total} by the long logits
     * @return the loss; 0, as the gradients, if there are no rows or no weights
     */
    public Value evaluate(
            double[] shortLogits,
            double[] longLogits,
            PersonPeriods periods,
            double[] weights,
            double[] shortGradient,
            double[] longGradient) {
        int past = periods.intervals() - boundary;
        if (past < 0) {
            throw new IllegalArgumentException(
                    "the boundary " + boundary + " is past " + periods.intervals() + " intervals");
        }
        double shortTerm = term(shortLogits, periods, weights, 0, boundary, shortGradient);
        double longTerm = term(longLogits, periods, weights, boundary, past, longGradient);
        scale(shortGradient, lambdaShort, periods.rows() * boundary);
        scale(longGradient, lambdaLong, periods.rows() * past);
        double total = lambdaShort * shortTerm + lambdaLong * longTerm;
        return new Value(total, shortTerm, longTerm);
    }

    private static double term(
            double[] logits,
            PersonPeriods periods,
            double[] weights,
            int from,
            int width,
            double[] gradient) {
        double total = HazardLoss.sum(weights, periods.rows());
        double loss = 0;
        for (int i = 0; i < periods.rows(); i++) {
            loss +=
                    HazardLoss.row(
                            logits,
                            i * width,
                            periods.labels(),
                            periods.atRisk(),
                            i * periods.intervals() + from,
                            width,
                            HazardLoss.share(weights[i], total),
                            gradient);
        }
        return loss;
    }

    private static void scale(double[] values, double factor, int length) {
        for (int i = 0; i < length; i++) {
            values[i] *= factor;
        }
    }
}
