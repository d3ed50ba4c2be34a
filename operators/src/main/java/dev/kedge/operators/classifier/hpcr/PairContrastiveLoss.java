// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import java.util.Arrays;

/**
 * HPCR's contrastive component with pairs between samples (Lin et al., <i>HPCR: Holistic
 * Proxy-based Contrastive Replay</i>, TNNLS 2025): a {@link SupervisedContrastiveLoss} over the
 * list of all rows followed by the proxy of each row's class. A proxy stands in the list as often
 * as its class has rows.
 */
public final class PairContrastiveLoss {
    private final int width;
    private final SupervisedContrastiveLoss loss;
    private final double[] list;
    private final double[] gradient;
    private final int[] listLabels;

    /** Makes room for {@code maxRows} rows and as many proxies. */
    public PairContrastiveLoss(int maxRows, int width, boolean decoupled) {
        this.width = width;
        loss = new SupervisedContrastiveLoss(2 * maxRows, width, decoupled);
        list = new double[2 * maxRows * width];
        gradient = new double[2 * maxRows * width];
        listLabels = new int[2 * maxRows];
    }

    /**
     * Loss and gradient.
     *
     * @param geometry rows and proxies; the gradients of their directions are added to
     * @param labels class of each row
     * @param proxiesAnchor whether the proxies are anchors too
     * @param temperatures temperature of each class
     * @param factor multiplies the gradient, not the loss
     * @return the loss, 0 without rows
     */
    public double evaluate(
            CosineGeometry geometry,
            int[] labels,
            boolean proxiesAnchor,
            double[] temperatures,
            double factor) {
        int rows = geometry.rows();
        fill(geometry, labels, rows);
        int anchors = proxiesAnchor ? 2 * rows : rows;
        double value =
                loss.evaluate(list, listLabels, 2 * rows, anchors, temperatures, factor, gradient);
        scatter(geometry, labels, rows);
        return value;
    }

    private void fill(CosineGeometry geometry, int[] labels, int rows) {
        System.arraycopy(geometry.featureUnits(), 0, list, 0, rows * width);
        for (int i = 0; i < rows; i++) {
            int from = labels[i] * width;
            System.arraycopy(geometry.proxyUnits(), from, list, (rows + i) * width, width);
            listLabels[i] = labels[i];
            listLabels[rows + i] = labels[i];
        }
        Arrays.fill(gradient, 0, 2 * rows * width, 0);
    }

    private void scatter(CosineGeometry geometry, int[] labels, int rows) {
        Vectors.addScaled(1, gradient, 0, geometry.featureUnitGradient(), 0, rows * width);
        for (int i = 0; i < rows; i++) {
            int to = labels[i] * width;
            Vectors.addScaled(
                    1, gradient, (rows + i) * width, geometry.proxyUnitGradient(), to, width);
        }
    }
}
