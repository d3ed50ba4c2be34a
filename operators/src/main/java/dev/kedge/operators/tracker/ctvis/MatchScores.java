// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.bank.MemoryBank;

/**
 * How alike a frame's detections and a bank's entries are, pair by pair. Takes {@code n m d} steps
 * for n detections, m entries and embeddings of width d. Keeps room for two values a pair; not
 * thread-safe.
 */
final class MatchScores {
    private final Match match;
    private double[] dots = {};
    private double[] scores = {};
    private double[] entryLengths = {};

    MatchScores(Match match) {
        this.match = match;
    }

    /**
     * Scores all pairs.
     *
     * @param embeddings rows of embeddings
     * @param rows the detections' rows
     * @param places the entries' places in the bank
     * @return rows x places and more, valid until the next call; may be changed
     */
    double[] of(double[] embeddings, int[] rows, MemoryBank bank, int[] places) {
        int n = rows.length;
        int m = places.length;
        if (dots.length < n * m) {
            dots = new double[2 * n * m];
            scores = new double[2 * n * m];
        }
        multiply(embeddings, rows, bank, places);
        if (match == Match.BISOFTMAX) {
            for (int i = 0; i < n; i++) {
                overEntries(i * m, m);
            }
            for (int j = 0; j < m; j++) {
                overDetections(j, m, n);
            }
        } else {
            cosines(embeddings, rows, bank, places);
        }
        return scores;
    }

    private void multiply(double[] embeddings, int[] rows, MemoryBank bank, int[] places) {
        int width = bank.settings().width();
        int m = places.length;
        for (int j = 0; j < m; j++) {
            double[] entry = bank.get(places[j]).readOut();
            for (int i = 0; i < rows.length; i++) {
                dots[i * m + j] = dot(embeddings, rows[i] * width, entry, 0, width);
            }
        }
    }

    private void overEntries(int from, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = from; k < from + count; k++) {
            max = Math.max(max, dots[k]);
        }
        double sum = 0;
        for (int k = from; k < from + count; k++) {
            scores[k] = Math.exp(dots[k] - max);
            sum += scores[k];
        }
        for (int k = from; k < from + count; k++) {
            scores[k] /= sum;
        }
    }

    /** The second of the two: its products are needed no more. */
    private void overDetections(int from, int step, int count) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, dots[from + i * step]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            int k = from + i * step;
            dots[k] = Math.exp(dots[k] - max);
            sum += dots[k];
        }
        for (int i = 0; i < count; i++) {
            int k = from + i * step;
            scores[k] = (scores[k] + dots[k] / sum) / 2;
        }
    }

    private void cosines(double[] embeddings, int[] rows, MemoryBank bank, int[] places) {
        int width = bank.settings().width();
        int m = places.length;
        if (entryLengths.length < m) {
            entryLengths = new double[2 * m];
        }
        for (int j = 0; j < m; j++) {
            double[] entry = bank.get(places[j]).readOut();
            entryLengths[j] = Math.sqrt(dot(entry, 0, entry, 0, width));
        }
        for (int i = 0; i < rows.length; i++) {
            int from = rows[i] * width;
            double length = Math.sqrt(dot(embeddings, from, embeddings, from, width));
            for (int j = 0; j < m; j++) {
                double both = length * entryLengths[j];
                scores[i * m + j] = both == 0 ? 0 : dots[i * m + j] / both;
            }
        }
    }

    /** Product of two rows of {@code count} values, summed from the first to the last. */
    static double dot(double[] a, int fromA, double[] b, int fromB, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += a[fromA + k] * b[fromB + k];
        }
        return sum;
    }
}
