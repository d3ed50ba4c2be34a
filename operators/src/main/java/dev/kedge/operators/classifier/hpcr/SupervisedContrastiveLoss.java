// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/**
 * The supervised contrastive loss (Khosla et al., NeurIPS 2020, the sum over positives outside of
 * the logarithm) of the first rows of a list, the anchors, against all others.
 *
 * <p>{@code L = -1/A sum_i 1/|P(i)| sum_{p in P(i)} [ S_ip - log sum_{a != i} exp(S_ia) ]}, {@code
 * S_ia = x_i . x_a / tau_i}, P(i) being the others of the anchor's class. With {@code G_ia =
 * (softmax_ia - [a in P(i)] / |P(i)|) / A}, {@code dx_a = sum_i G_ia x_i / tau_i} and {@code dx_i
 * += sum_a G_ia x_a / tau_i}. An anchor without positives has no loss.
 *
 * <p>Decoupled, the positives leave the denominator; an anchor without negatives then has no loss.
 */
public final class SupervisedContrastiveLoss {
    private final int width;
    private final boolean decoupled;
    private final double[] scores;

    /**
     * Makes room for a list of {@code maxRows}.
     *
     * @param decoupled whether positives leave the denominator
     */
    public SupervisedContrastiveLoss(int maxRows, int width, boolean decoupled) {
        this.width = width;
        this.decoupled = decoupled;
        scores = new double[maxRows];
    }

    /**
     * Loss and gradient.
     *
     * @param list rows of length 1, rows x width
     * @param labels class of each row
     * @param anchors how many of the rows are anchors
     * @param temperatures temperature of each class, used by its anchors
     * @param factor multiplies the gradient, not the loss
     * @param gradient rows x width, added to
     * @return the loss, 0 without anchors
     */
    public double evaluate(
            double[] list,
            int[] labels,
            int rows,
            int anchors,
            double[] temperatures,
            double factor,
            double[] gradient) {
        double loss = 0;
        for (int i = 0; i < anchors; i++) {
            double temperature = temperatures[labels[i]];
            loss += anchor(list, labels, rows, i, temperature, factor / anchors, gradient);
        }
        return anchors == 0 ? 0 : loss / anchors;
    }

    private double anchor(
            double[] list,
            int[] labels,
            int rows,
            int i,
            double temperature,
            double factor,
            double[] gradient) {
        int positives = 0;
        double positiveSum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < rows; a++) {
            scores[a] = Vectors.dot(list, i * width, list, a * width, width) / temperature;
            if (inDenominator(labels, i, a)) {
                largest = Math.max(largest, scores[a]);
            }
            if (a != i && labels[a] == labels[i]) {
                positives++;
                positiveSum += scores[a];
            }
        }
        if (positives == 0 || largest == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double sum = 0;
        for (int a = 0; a < rows; a++) {
            sum += inDenominator(labels, i, a) ? Math.exp(scores[a] - largest) : 0;
        }
        double logSum = largest + Math.log(sum);
        for (int a = 0; a < rows; a++) {
            if (a != i) {
                double slope = inDenominator(labels, i, a) ? Math.exp(scores[a] - logSum) : 0;
                slope -= labels[a] == labels[i] ? 1.0 / positives : 0;
                double scaled = factor * slope / temperature;
                Vectors.addScaled(scaled, list, i * width, gradient, a * width, width);
                Vectors.addScaled(scaled, list, a * width, gradient, i * width, width);
            }
        }
        return logSum - positiveSum / positives;
    }

    private boolean inDenominator(int[] labels, int i, int a) {
        return a != i && !(decoupled && labels[a] == labels[i]);
    }
}
