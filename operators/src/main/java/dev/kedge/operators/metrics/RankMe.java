// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
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
        return ofSingularValues(singularValues(embeddings, rows, width));
    }

    /**
     * By the eigenvalues of the smaller product of the matrix with itself, which costs a fraction
     * of a decomposition of the matrix. What it does to values below 1e-8 of the largest cannot be
     * seen behind the paper's epsilon.
     */
    private static double[] singularValues(float[] embeddings, int rows, int width) {
        boolean wide = width > rows;
        int size = wide ? rows : width;
        int terms = wide ? width : rows;
        int step = wide ? width : 1;
        int next = wide ? 1 : width;
        double[][] product = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k <= i; k++) {
                double sum = 0;
                for (int term = 0; term < terms; term++) {
                    int at = term * next;
                    sum += (double) embeddings[i * step + at] * embeddings[k * step + at];
                }
                product[i][k] = sum;
                product[k][i] = sum;
            }
        }
        double[] values = eigenvalues(new Array2DRowRealMatrix(product, false));
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sqrt(Math.max(0, values[i]));
        }
        return values;
    }

    /**
     * Eigenvalues of a symmetric matrix without negative ones, in any order. Embeddings of very few
     * directions may leave the faster way without an end; the slower one finds them always.
     */
    private static double[] eigenvalues(RealMatrix product) {
        try {
            return new EigenDecomposition(product).getRealEigenvalues();
        } catch (MaxCountExceededException e) {
            return new SingularValueDecomposition(product).getSingularValues();
        }
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
