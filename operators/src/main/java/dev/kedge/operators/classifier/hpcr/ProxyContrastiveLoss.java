// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import java.util.Arrays;

/**
 * The proxy-based contrastive loss (Lin et al., <i>PCR: Proxy-based Contrastive Replay</i>, CVPR
 * 2023): each row against the proxies of the classes in the step, a class counting as often as it
 * has rows.
 *
 * <p>{@code L = 1/N sum_i [ log sum_c n_c exp(cos_ic / tau_i) - cos_iy / tau_i ]}, {@code
 * dL/dcos_ic = (n_c exp(cos_ic / tau_i) / sum_k n_k exp(cos_ik / tau_i) - [c = y_i]) / (N tau_i)},
 * y being the row's class and tau_i that class's temperature. Classes without rows have no part in
 * it.
 *
 * <p>Beyond the paper, the denominator can be decoupled (Yeh et al., <i>Decoupled Contrastive
 * Learning</i>, ECCV 2022): the row's own class leaves the sum; a row with no other class in the
 * step then has no loss.
 */
public final class ProxyContrastiveLoss {
    private final boolean decoupled;
    private final double[] share;

    /**
     * Makes room for {@code maxClasses}.
     *
     * @param decoupled whether a row's own class leaves its denominator
     */
    public ProxyContrastiveLoss(int maxClasses, boolean decoupled) {
        this.decoupled = decoupled;
        share = new double[maxClasses];
    }

    /**
     * Loss and gradient.
     *
     * @param geometry rows and proxies; its cosine gradient is added to
     * @param labels class of each row
     * @param counts number of rows of each class
     * @param temperatures temperature of each class
     * @param factor multiplies the gradient, not the loss
     * @return the loss, 0 without rows
     */
    public double evaluate(
            CosineGeometry geometry,
            int[] labels,
            int[] counts,
            double[] temperatures,
            double factor) {
        double loss = 0;
        for (int i = 0; i < geometry.rows(); i++) {
            loss += row(geometry, i, labels[i], counts, temperatures[labels[i]], factor);
        }
        return geometry.rows() == 0 ? 0 : loss / geometry.rows();
    }

    private double row(
            CosineGeometry geometry,
            int row,
            int label,
            int[] counts,
            double temperature,
            double factor) {
        int classes = geometry.classes();
        int at = row * classes;
        double[] cosines = geometry.cosines();
        double largest = largest(cosines, at, classes, counts, label);
        if (largest == Double.NEGATIVE_INFINITY) {
            return 0;
        }
        double sum = shares(cosines, at, classes, counts, label, largest, temperature);
        double scale = factor / (geometry.rows() * temperature);
        double[] gradient = geometry.cosineGradient();
        for (int c = 0; c < classes; c++) {
            gradient[at + c] += scale * share[c] / sum;
        }
        gradient[at + label] -= scale;
        return Math.log(sum) - (cosines[at + label] - largest) / temperature;
    }

    private double shares(
            double[] cosines,
            int at,
            int classes,
            int[] counts,
            int label,
            double largest,
            double temperature) {
        Arrays.fill(share, 0, classes, 0);
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            if (takesPart(c, counts, label)) {
                share[c] = counts[c] * Math.exp((cosines[at + c] - largest) / temperature);
                sum += share[c];
            }
        }
        return sum;
    }

    private double largest(double[] cosines, int at, int classes, int[] counts, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            if (takesPart(c, counts, label)) {
                largest = Math.max(largest, cosines[at + c]);
            }
        }
        return largest;
    }

    private boolean takesPart(int c, int[] counts, int label) {
        return counts[c] > 0 && !(decoupled && c == label);
    }
}
