// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/**
 * What replayed samples were once answered with, row by row: the targets of distillation. Nothing
 * is carried back into it. Scratch space of one task; rows refer to whatever was set last.
 */
public final class Teacher {
    private final int maxClasses;
    private final int width;
    private final double[] logits;
    private final int[] classes;
    private final double[] features;
    private int rows;

    /** Makes room. */
    public Teacher(int maxRows, int maxClasses, int width) {
        this.maxClasses = maxClasses;
        this.width = width;
        logits = new double[maxRows * maxClasses];
        classes = new int[maxRows];
        features = new double[maxRows * width];
    }

    /** Forgets all rows. */
    public void clear() {
        rows = 0;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /**
     * Appends a row.
     *
     * @param rowLogits from the start: one for each class that the teacher knew
     * @param rowFeatures as long as features are wide, or empty if only logits are compared
     */
    public void add(float[] rowLogits, float[] rowFeatures) {
        classes[rows] = Math.min(rowLogits.length, maxClasses);
        for (int c = 0; c < classes[rows]; c++) {
            logits[rows * maxClasses + c] = rowLogits[c];
        }
        for (int k = 0; k < rowFeatures.length; k++) {
            features[rows * width + k] = rowFeatures[k];
        }
        rows++;
    }

    /** Appends a row of double precision. */
    public void add(double[] rowLogits, double[] rowFeatures) {
        classes[rows] = rowLogits.length;
        System.arraycopy(rowLogits, 0, logits, rows * maxClasses, rowLogits.length);
        System.arraycopy(rowFeatures, 0, features, rows * width, width);
        rows++;
    }

    /**
     * Appends a row out of larger arrays.
     *
     * @param logitsAt where its {@code known} logits begin
     * @param featuresAt where its features begin
     */
    void add(double[] allLogits, int logitsAt, int known, float[] allFeatures, int featuresAt) {
        classes[rows] = known;
        System.arraycopy(allLogits, logitsAt, logits, rows * maxClasses, known);
        for (int k = 0; k < width; k++) {
            features[rows * width + k] = allFeatures[featuresAt + k];
        }
        rows++;
    }

    /** How many classes the teacher knew when it answered a row. */
    int classes(int row) {
        return classes[row];
    }

    /** Logit of a row for a class; 0 for a class that the teacher did not know. */
    double logit(int row, int c) {
        return c < classes[row] ? logits[row * maxClasses + c] : 0;
    }

    /** Features of all rows, rows x width. */
    double[] features() {
        return features;
    }
}
