// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

import dev.kedge.state.bank.MemoryBank;

/** How alike detections and bank entries are. */
public enum Match {
    /** The mean of the softmax over entries and the softmax over detections, of dot products. */
    BISOFTMAX {
        @Override
        void score(double[] dots, double[] lengths, double[] entryLengths, double[] scores) {
            int n = lengths.length;
            int m = entryLengths.length;
            for (int i = 0; i < n; i++) {
                addSoftmax(dots, i * m, 1, m, scores);
            }
            for (int j = 0; j < m; j++) {
                addSoftmax(dots, j, m, n, scores);
            }
            for (int k = 0; k < n * m; k++) {
                scores[k] /= 2;
            }
        }
    },
    /** The cosine; 0 for a vector without length. */
    COSINE {
        @Override
        void score(double[] dots, double[] lengths, double[] entryLengths, double[] scores) {
            int m = entryLengths.length;
            for (int i = 0; i < lengths.length; i++) {
                for (int j = 0; j < m; j++) {
                    double both = lengths[i] * entryLengths[j];
                    scores[i * m + j] = both == 0 ? 0 : dots[i * m + j] / both;
                }
            }
        }
    };

    /**
     * Scores all pairs.
     *
     * @param embeddings rows of embeddings
     * @param rows the detections' rows
     * @param places the entries' places in the bank
     * @return rows x places
     */
    double[] scores(double[] embeddings, int[] rows, MemoryBank bank, int[] places) {
        int width = bank.settings().width();
        double[] dots = new double[rows.length * places.length];
        double[] lengths = new double[rows.length];
        double[] entryLengths = new double[places.length];
        for (int i = 0; i < rows.length; i++) {
            lengths[i] =
                    Math.sqrt(dot(embeddings, rows[i] * width, embeddings, rows[i] * width, width));
        }
        for (int j = 0; j < places.length; j++) {
            double[] entry = bank.get(places[j]).readOut();
            entryLengths[j] = Math.sqrt(dot(entry, 0, entry, 0, width));
            for (int i = 0; i < rows.length; i++) {
                dots[i * places.length + j] = dot(embeddings, rows[i] * width, entry, 0, width);
            }
        }
        double[] scores = new double[dots.length];
        score(dots, lengths, entryLengths, scores);
        return scores;
    }

    abstract void score(double[] dots, double[] lengths, double[] entryLengths, double[] scores);

    private static void addSoftmax(double[] dots, int from, int step, int count, double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < count; k++) {
            most = Math.max(most, dots[from + k * step]);
        }
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += Math.exp(dots[from + k * step] - most);
        }
        for (int k = 0; k < count; k++) {
            scores[from + k * step] += Math.exp(dots[from + k * step] - most) / sum;
        }
    }

    private static double dot(double[] a, int fromA, double[] b, int fromB, int count) {
        double sum = 0;
        for (int k = 0; k < count; k++) {
            sum += a[fromA + k] * b[fromB + k];
        }
        return sum;
    }
}
