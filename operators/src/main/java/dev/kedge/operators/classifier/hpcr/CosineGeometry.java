// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import java.util.Arrays;

/**
 * Directions of features and proxies and the cosines between them. Losses read the cosines and the
 * directions and add to their gradients; {@link #backward} turns those into gradients by features
 * and proxies as they are. Scratch space of one task, for at most the rows and classes it was made
 * for.
 */
public final class CosineGeometry {
    private final int width;
    private final UnitRows features;
    private final UnitRows proxies;
    private final double[] cosines;
    private final double[] cosineGradient;
    private final double[] featureUnitGradient;
    private final double[] proxyUnitGradient;
    private int rows;
    private int classes;

    /** Makes room. */
    public CosineGeometry(int maxRows, int maxClasses, int width) {
        this.width = width;
        features = new UnitRows(maxRows, width, UnitRows.Guard.ADDED);
        proxies = new UnitRows(maxClasses, width, UnitRows.Guard.ADDED);
        cosines = new double[maxRows * maxClasses];
        cosineGradient = new double[maxRows * maxClasses];
        featureUnitGradient = new double[maxRows * width];
        proxyUnitGradient = new double[maxClasses * width];
    }

    /**
     * Computes directions and cosines and forgets all gradients.
     *
     * @param rawFeatures rows x width
     * @param rawProxies classes x width
     */
    public void forward(double[] rawFeatures, int rows, double[] rawProxies, int classes) {
        this.rows = rows;
        this.classes = classes;
        features.normalise(rawFeatures, rows);
        proxies.normalise(rawProxies, classes);
        double[] u = features.units();
        double[] v = proxies.units();
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < classes; c++) {
                cosines[i * classes + c] = Vectors.dot(u, i * width, v, c * width, width);
            }
        }
        Arrays.fill(cosineGradient, 0, rows * classes, 0);
        Arrays.fill(featureUnitGradient, 0, rows * width, 0);
        Arrays.fill(proxyUnitGradient, 0, classes * width, 0);
    }

    /** Rows of the last forward pass. */
    public int rows() {
        return rows;
    }

    /** Classes of the last forward pass. */
    public int classes() {
        return classes;
    }

    /** Cosine of each feature with each proxy, rows x classes. */
    public double[] cosines() {
        return cosines;
    }

    /** Gradient by the cosines, to be added to. */
    public double[] cosineGradient() {
        return cosineGradient;
    }

    /** Directions of the features, rows x width. */
    public double[] featureUnits() {
        return features.units();
    }

    /** Directions of the proxies, classes x width. */
    public double[] proxyUnits() {
        return proxies.units();
    }

    /** Gradient by the features' directions, to be added to. */
    public double[] featureUnitGradient() {
        return featureUnitGradient;
    }

    /** Gradient by the proxies' directions, to be added to. */
    public double[] proxyUnitGradient() {
        return proxyUnitGradient;
    }

    /**
     * Turns all that was added into gradients by what was given to {@link #forward}. Call it once a
     * pass.
     *
     * @param featureGradient rows x width, added to
     * @param proxyGradient classes x width, added to
     */
    public void backward(double[] featureGradient, double[] proxyGradient) {
        double[] u = features.units();
        double[] v = proxies.units();
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < classes; c++) {
                double slope = cosineGradient[i * classes + c];
                Vectors.addScaled(slope, v, c * width, featureUnitGradient, i * width, width);
                Vectors.addScaled(slope, u, i * width, proxyUnitGradient, c * width, width);
            }
        }
        features.backward(featureUnitGradient, rows, featureGradient);
        proxies.backward(proxyUnitGradient, classes, proxyGradient);
    }

    /**
     * The class whose proxy is nearest to a row among those allowed.
     *
     * @param allowed whether a class may be the answer, at least as long as there are classes
     * @return its index, the lowest of equals, or -1 if none is allowed
     */
    public int nearest(int row, boolean[] allowed) {
        int best = -1;
        for (int c = 0; c < classes; c++) {
            if (allowed[c]
                    && (best < 0 || cosines[row * classes + c] > cosines[row * classes + best])) {
                best = c;
            }
        }
        return best;
    }
}
