// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.encoder.MultimodalBatch;

/**
 * Rows of inputs, each with one person-period: the column of its hazard, what happened in it, and
 * its weight.
 */
final class PersonPeriodBatch extends MultimodalBatch {
    private final int[] columns;
    private final double[] labels;
    private final double[] weights;
    private double shortTerm = Double.NaN;
    private double longTerm = Double.NaN;

    PersonPeriodBatch(int capacity, int numberWidth) {
        super(capacity, numberWidth);
        columns = new int[capacity];
        labels = new double[capacity];
        weights = new double[capacity];
    }

    void outcome(int row, int column, boolean discontinued, double weight) {
        columns[row] = column;
        labels[row] = discontinued ? 1 : 0;
        weights[row] = weight;
    }

    /** Factors of the two terms for this batch; not a number for the configured ones. */
    void terms(double ofShort, double ofLong) {
        shortTerm = ofShort;
        longTerm = ofLong;
    }

    double shortTerm(double configured) {
        return Double.isNaN(shortTerm) ? configured : shortTerm;
    }

    double longTerm(double configured) {
        return Double.isNaN(longTerm) ? configured : longTerm;
    }

    int column(int row) {
        return columns[row];
    }

    double label(int row) {
        return labels[row];
    }

    double[] weights() {
        return weights;
    }
}
