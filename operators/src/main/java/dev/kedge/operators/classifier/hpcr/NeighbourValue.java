// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import java.util.Arrays;

/**
 * Shapley values of samples for a classifier by the K nearest of them (Jia et al., VLDB 2019,
 * theorem 1): how much each is worth to the answer for one other sample.
 *
 * <p>With samples ordered from nearest to farthest: {@code s_N = [y_N = y] / N}, {@code s_i =
 * s_{i+1} + ([y_i = y] - [y_{i+1} = y]) / K * min(K, i) / i}. Equally near ones keep their order.
 */
final class NeighbourValue {
    private final int neighbours;

    NeighbourValue(int neighbours) {
        this.neighbours = neighbours;
    }

    /**
     * Adds the values for one sample.
     *
     * @param likeness of each sample to that one: the larger, the nearer
     * @param labels label of each sample
     * @param label label of that one
     * @param factor multiplies the values
     * @param values added to
     */
    void add(
            double[] likeness, int[] labels, int count, int label, double factor, double[] values) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(likeness[b], likeness[a]));
        double value = 0;
        for (int rank = count; rank >= 1; rank--) {
            double match = match(labels, order, rank, label);
            value +=
                    rank == count
                            ? match / Math.max(count, neighbours)
                            : (match - match(labels, order, rank + 1, label))
                                    / neighbours
                                    * Math.min(neighbours, rank)
                                    / rank;
            values[order[rank - 1]] += factor * value;
        }
    }

    private static double match(int[] labels, Integer[] order, int rank, int label) {
        return labels[order[rank - 1]] == label ? 1 : 0;
    }
}
