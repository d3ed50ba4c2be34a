// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.InputForm;
import java.util.Arrays;

/**
 * The rows of a step: those of each draw from memory, then the incoming ones; within each, first
 * the plain view of all, then the augmented one. With them all that the losses compare to. Reused
 * from step to step by one task.
 */
public final class ReplayBatch extends DenseBatch {
    private final int[] labels;
    private final Teacher teacher;
    private final double[] temperatures;
    private final boolean[] allowed;
    private int classes;
    private int firstDraw;
    private int secondDraw;
    private double kappa = 1;
    private boolean distil;
    private boolean alone;
    private double alpha = Double.NaN;
    private double beta = Double.NaN;

    /**
     * Makes room.
     *
     * @param capacity most rows
     * @param inputs values of a row
     * @param maxClasses most classes
     * @param width width of the features
     */
    public ReplayBatch(int capacity, int inputs, InputForm form, int maxClasses, int width) {
        super(capacity, inputs, form);
        labels = new int[capacity];
        teacher = new Teacher(capacity, maxClasses, width);
        temperatures = new double[maxClasses];
        allowed = new boolean[maxClasses];
    }

    @Override
    public void clear() {
        clearRows();
        teacher.clear();
        distil = false;
        alone = false;
        weigh(Double.NaN, Double.NaN);
    }

    /** Forgets all rows but keeps the targets of distillation. */
    void clearRows() {
        super.clear();
        firstDraw = 0;
        secondDraw = 0;
    }

    /** Leaves a class out of every softmax. */
    void exclude(int c) {
        allowed[c] = false;
    }

    /** Appends a row of a class. */
    public void add(byte[] input, int label) {
        add(input);
        labels[rows() - 1] = label;
    }

    /** Ends the rows of the first draw: all rows so far. */
    public void endFirstDraw() {
        firstDraw = rows();
    }

    /** Ends the rows of the second draw: all rows since the first. */
    public void endSecondDraw() {
        secondDraw = rows() - firstDraw;
    }

    /**
     * Sets what is known of the classes.
     *
     * @param known number of classes that have parameters
     * @param temperature temperature of all
     */
    public void classes(int known, double temperature) {
        classes = known;
        Arrays.fill(temperatures, 0, known, temperature);
        Arrays.fill(allowed, 0, known, true);
    }

    /** Sets a class's own temperature. */
    public void temperature(int c, double temperature) {
        temperatures[c] = temperature;
    }

    /**
     * Sets the step's factors.
     *
     * @param factor kappa
     * @param distils whether distillation is on
     */
    public void step(double factor, boolean distils) {
        kappa = factor;
        distil = distils;
    }

    /**
     * Weighs the terms of distillation.
     *
     * @param ofProxies weight of the proxies' term, not a number for the configured one
     * @param ofSamples weight of the samples' term, not a number for the configured one
     */
    public void weigh(double ofProxies, double ofSamples) {
        alpha = ofProxies;
        beta = ofSamples;
    }

    /** Says that the rows are learned though nothing is replayed. */
    void learnAlone() {
        alone = true;
    }

    /** Targets of distillation, one row for each sample of the first draw. */
    public Teacher teacher() {
        return teacher;
    }

    int[] labels() {
        return labels;
    }

    /** The rows as HPCR's loss wants them, with their features. */
    HpcrLoss.Step step(double[] features) {
        return new HpcrLoss.Step(features, labels, rows(), firstDraw, teacher, distil, alone);
    }

    /** Whether a row is of a class. */
    boolean holds(int c) {
        for (int i = 0; i < rows(); i++) {
            if (labels[i] == c) {
                return true;
            }
        }
        return false;
    }

    int classes() {
        return classes;
    }

    /** Which classes have a part in a softmax. */
    boolean[] known() {
        return allowed;
    }

    double[] temperatures() {
        return temperatures;
    }

    /** Rows of the first draw, all views. */
    int firstDraw() {
        return firstDraw;
    }

    /** Rows of both draws, all views. */
    int replayed() {
        return firstDraw + secondDraw;
    }

    double kappa() {
        return kappa;
    }

    boolean distils() {
        return distil;
    }

    boolean alone() {
        return alone;
    }

    double alpha() {
        return alpha;
    }

    double beta() {
        return beta;
    }
}
