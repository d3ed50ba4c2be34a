// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * How many directions embeddings use (Garrido et al., RankMe, ICML 2023, equation 1): the
 * exponential of the entropy of the singular values, each divided by their sum. Between 1, all
 * embeddings on one line, and the least of rows and width. As in the paper the embeddings are
 * neither centred nor normalised first.
 */
public final class RankMe {
    /** The paper's epsilon, added to every share: it keeps the logarithm of a zero away. */
    private static final double EPSILON = 1e-7;

    private RankMe() {}

    /**
     * Computes it.
     *
     * @param embeddings rows x width, one embedding after another; more values may follow
     * @param rows how many embeddings
     * @param width values of an embedding
     * @return not a number if there are no rows, all values are 0, or one is not finite
     */
    public static double of(float[] embeddings, int rows, int width) {
        if (rows == 0 || !finite(embeddings, rows * width)) {
            return Double.NaN;
        }
        double[][] matrix = new double[rows][width];
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < width; k++) {
                matrix[i][k] = embeddings[i * width + k];
            }
        }
        return ofSingularValues(
                new SingularValueDecomposition(new Array2DRowRealMatrix(matrix, false))
                        .getSingularValues());
    }

    /** The same of singular values. */
    static double ofSingularValues(double[] singularValues) {
        double sum = 0;
        for (double value : singularValues) {
            sum += value;
        }
        if (!(sum > 0)) {
            return Double.NaN;
        }
        double entropy = 0;
        for (double value : singularValues) {
            double share = value / sum + EPSILON;
            entropy -= share * Math.log(share);
        }
        return Math.exp(entropy);
    }

    private static boolean finite(float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
