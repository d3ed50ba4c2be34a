// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import static dev.kedge.state.text.Text.format;

/**
 * Accuracy on each task after learning each task, and what is reported of it. Immutable.
 *
 * <p>Definitions: end, anytime and learning accuracy as usual in class-incremental learning;
 * forgetting as in Chaudhry et al. (ECCV 2018).
 */
public final class AccuracyMatrix {
    private final double[][] accuracies;

    private AccuracyMatrix(double[][] accuracies) {
        this.accuracies = accuracies;
    }

    /**
     * Takes a matrix.
     *
     * @param accuracies row t holds the accuracies on tasks 0 to T-1 after learning task t
     * @throws IllegalArgumentException if it is not square or is empty
     */
    public static AccuracyMatrix of(double[][] accuracies) {
        if (accuracies.length == 0) {
            throw new IllegalArgumentException("there must be at least one task");
        }
        double[][] copy = new double[accuracies.length][];
        for (int t = 0; t < copy.length; t++) {
            if (accuracies[t].length != copy.length) {
                throw new IllegalArgumentException(
                        format(
                                "row %d has %d accuracies where there are %d tasks",
                                t, accuracies[t].length, copy.length));
            }
            copy[t] = accuracies[t].clone();
        }
        return new AccuracyMatrix(copy);
    }

    /** Number of tasks T. */
    public int tasks() {
        return accuracies.length;
    }

    /** Accuracy on task {@code task} after learning task {@code learned}, both from 0. */
    public double at(int learned, int task) {
        return accuracies[learned][task];
    }

    /** Mean accuracy on all tasks after the last. */
    public double end() {
        return seen(tasks() - 1);
    }

    /** Mean, over the tasks learned, of the mean accuracy on all tasks up to then. */
    public double anytime() {
        double sum = 0;
        for (int t = 0; t < tasks(); t++) {
            sum += seen(t);
        }
        return sum / tasks();
    }

    /** Mean accuracy on each task right after learning it. */
    public double learning() {
        double sum = 0;
        for (int t = 0; t < tasks(); t++) {
            sum += accuracies[t][t];
        }
        return sum / tasks();
    }

    /**
     * Forgetting as usually defined: over all tasks but the last, the mean of the best accuracy
     * before the end less that at the end.
     *
     * @throws IllegalArgumentException if there is one task only
     */
    public double forgetting() {
        if (tasks() < 2) {
            throw new IllegalArgumentException("forgetting is not defined for one task");
        }
        double sum = 0;
        for (int k = 0; k < tasks() - 1; k++) {
            sum += best(k) - accuracies[tasks() - 1][k];
        }
        return sum / (tasks() - 1);
    }

    private double seen(int learned) {
        double sum = 0;
        for (int k = 0; k <= learned; k++) {
            sum += accuracies[learned][k];
        }
        return sum / (learned + 1);
    }

    /** The best accuracy on a task before the end. */
    private double best(int task) {
        double best = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < tasks() - 1; t++) {
            best = Math.max(best, accuracies[t][task]);
        }
        return best;
    }
}
