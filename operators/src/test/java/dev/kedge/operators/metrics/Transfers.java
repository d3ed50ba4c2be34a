// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import java.util.stream.IntStream;

/**
 * What the reference program of PCR and HPCR reports of an accuracy matrix beside what is told
 * here: compared with its golden vectors.
 */
public final class Transfers {
    private Transfers() {}

    /**
     * Forgetting as the reference program has it: over all tasks, the end included. For five tasks
     * it is by a factor 1.25 smaller than {@link AccuracyMatrix#forgetting()} unless a task got
     * better at the end.
     */
    public static double forgettingOverAllTasks(AccuracyMatrix matrix) {
        int tasks = matrix.tasks();
        double sum = 0;
        for (int k = 0; k < tasks; k++) {
            int task = k;
            double best =
                    IntStream.range(0, tasks)
                            .mapToDouble(t -> matrix.at(t, task))
                            .max()
                            .orElseThrow();
            sum += best - matrix.at(tasks - 1, k);
        }
        return sum / tasks;
    }

    /**
     * By how much later tasks made earlier ones better (Díaz-Rodríguez et al. 2018), 0 if worse.
     */
    public static double positiveBackwardTransfer(AccuracyMatrix matrix) {
        double sum = 0;
        for (int t = 1; t < matrix.tasks(); t++) {
            for (int k = 0; k < t; k++) {
                sum += matrix.at(t, k) - matrix.at(k, k);
            }
        }
        return Math.max(0, sum / pairs(matrix));
    }

    /** Mean accuracy on tasks before they were learned (the same). */
    public static double forwardTransfer(AccuracyMatrix matrix) {
        double sum = 0;
        for (int t = 0; t < matrix.tasks(); t++) {
            for (int k = t + 1; k < matrix.tasks(); k++) {
                sum += matrix.at(t, k);
            }
        }
        return sum / pairs(matrix);
    }

    private static double pairs(AccuracyMatrix matrix) {
        return matrix.tasks() * (matrix.tasks() - 1) / 2.0;
    }
}
