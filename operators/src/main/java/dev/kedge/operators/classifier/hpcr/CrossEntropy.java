// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import java.util.Arrays;

/** Softmax cross entropy of some rows of logits: the baselines' loss. */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * The mean over rows {@code from} to {@code to}.
     *
     * @param logits rows x classes
     * @param labels class of each row
     * @param allowed classes that the softmax runs over; holds the labels of these rows
     * @param factor multiplies the gradient, not the loss
     * @param gradient rows x classes, added to
     * @return the loss, 0 without rows
     */
    public static double evaluate(
            double[] logits,
            int[] labels,
            int from,
            int to,
            int classes,
            boolean[] allowed,
            double factor,
            double[] gradient) {
        double loss = 0;
        for (int i = from; i < to; i++) {
            int at = i * classes;
            double logSum = logSum(logits, at, classes, allowed);
            for (int c = 0; c < classes; c++) {
                if (allowed[c]) {
                    gradient[at + c] += factor / (to - from) * Math.exp(logits[at + c] - logSum);
                }
            }
            gradient[at + labels[i]] -= factor / (to - from);
            loss += logSum - logits[at + labels[i]];
        }
        return from == to ? 0 : loss / (to - from);
    }

    /**
     * Allows the classes of some rows and no other: what the "labels trick" lets a softmax run
     * over.
     *
     * @param labels class of each row
     * @param present receives whether a class is that of a row in {@code from} to {@code to}
     */
    public static void allowPresent(int[] labels, int from, int to, boolean[] present) {
        Arrays.fill(present, false);
        for (int i = from; i < to; i++) {
            present[labels[i]] = true;
        }
    }

    /** Logarithm of the sum of exponentials of one row's allowed logits. */
    static double logSum(double[] logits, int at, int classes, boolean[] allowed) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            if (allowed[c]) {
                largest = Math.max(largest, logits[at + c]);
            }
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += allowed[c] ? Math.exp(logits[at + c] - largest) : 0;
        }
        return largest + Math.log(sum);
    }
}
