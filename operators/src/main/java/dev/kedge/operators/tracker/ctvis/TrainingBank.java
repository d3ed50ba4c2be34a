// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.Arrays;

/**
 * The similarity-guided averages of one clip's instances, and the gradient through them. A sighting
 * s of an instance with embedding e and earlier sightings j in cache has {@code beta = max(0,
 * mean_j cos(e_j, e))} and the average {@code g_s = (1 - beta) g_{s-1} + beta e}; the first has
 * {@code g = e}. Backward, {@code dL/dg_{s-1} += (1 - beta) dL/dg_s}, {@code dL/de += beta
 * dL/dg_s}, and where beta is not clamped {@code dL/dbeta = dL/dg_s . (e - g_{s-1})} goes on
 * through the cosines.
 *
 * <p>The clip's rows and the averages lie in one array of vectors, rows first, so that an item can
 * name either by an index. Not thread-safe.
 */
final class TrainingBank {
    private static final int NONE = -1;

    private final int width;
    private final int history;
    private double[] vectors = {};
    private double[] gradient = {};
    private double[] betas = {};
    private boolean[] clamped = {};
    private int[] rowOf = {};
    private int[] frameOf = {};
    private int[] before = {};
    private int[] latest = {};
    private int rows;
    private int sightings;
    private int constants;

    /**
     * For vectors of a width.
     *
     * @param history sightings that a new one is compared with, at most
     */
    TrainingBank(int width, int history) {
        this.width = width;
        this.history = history;
    }

    /**
     * Runs over a clip and averages.
     *
     * @param embeddings the clip's rows, then the constant rows
     * @param constantRows rows after the clip's that belong to no frame
     */
    void run(ClipPlan plan, double[] embeddings, int constantRows) {
        rows = plan.rows();
        constants = constantRows;
        sightings = 0;
        room(plan);
        System.arraycopy(embeddings, 0, vectors, 0, (rows + constants) * width);
        Arrays.fill(latest, 0, plan.instances(), NONE);
        for (int t = 0; t < plan.frames(); t++) {
            for (int i = 0; i < plan.instances(); i++) {
                int row = plan.banked(t, i);
                if (row != ClipPlan.ABSENT) {
                    latest[i] = see(row, t, latest[i]);
                }
            }
        }
        Arrays.fill(gradient, 0, (rows + constants + sightings) * width, 0);
        Arrays.fill(latest, 0, plan.instances(), NONE);
        sightings = 0;
    }

    private void room(ClipPlan plan) {
        int max = plan.frames() * plan.instances();
        int needed = (rows + constants + max) * width;
        if (vectors.length < needed) {
            vectors = new double[2 * needed];
            gradient = new double[2 * needed];
        }
        if (betas.length < max) {
            betas = new double[2 * max];
            clamped = new boolean[2 * max];
            rowOf = new int[2 * max];
            frameOf = new int[2 * max];
            before = new int[2 * max];
        }
        if (latest.length < plan.instances()) {
            latest = new int[2 * plan.instances()];
        }
    }

    private int see(int row, int frame, int previous) {
        int s = sightings++;
        rowOf[s] = row;
        frameOf[s] = frame;
        before[s] = previous;
        int average = average(s) * width;
        if (previous == NONE) {
            System.arraycopy(vectors, row * width, vectors, average, width);
            return s;
        }
        double mean = meanCosine(row, previous);
        clamped[s] = mean <= 0;
        betas[s] = Math.max(0, mean);
        int past = average(previous) * width;
        for (int k = 0; k < width; k++) {
            vectors[average + k] =
                    (1 - betas[s]) * vectors[past + k] + betas[s] * vectors[row * width + k];
        }
        return s;
    }

    private double meanCosine(int row, int previous) {
        double length = length(row);
        double sum = 0;
        int count = 0;
        for (int j = previous; j != NONE && count < history; j = before[j]) {
            double both = length * length(rowOf[j]);
            sum += both == 0 ? 0 : dot(row, rowOf[j]) / both;
            count++;
        }
        return sum / count;
    }

    /** Lets the frames pass once more: what is asked for from here on is as of before a frame. */
    void pass(ClipPlan plan, int frame) {
        for (int i = 0; i < plan.instances(); i++) {
            if (plan.banked(frame, i) != ClipPlan.ABSENT) {
                latest[i] = sightings++;
            }
        }
    }

    /** Whether an instance was seen in the frames that have passed. */
    boolean knows(int instance) {
        return latest[instance] != NONE;
    }

    /** Index of an instance's average. */
    int averageOf(int instance) {
        return average(latest[instance]);
    }

    /** Index of an instance's latest embedding. */
    int latest(int instance) {
        return rowOf[latest[instance]];
    }

    /** Frame of an instance's latest embedding. */
    int latestFrame(int instance) {
        return frameOf[latest[instance]];
    }

    private int average(int sighting) {
        return rows + constants + sighting;
    }

    /** The clip's rows, the constant rows, the averages. */
    double[] vectors() {
        return vectors;
    }

    /** Gradients of {@link #vectors}, to be added to. */
    double[] gradient() {
        return gradient;
    }

    /** Carries the gradients of the averages back to the rows. */
    void backward() {
        for (int s = sightings - 1; s >= 0; s--) {
            int upstream = average(s) * width;
            int row = rowOf[s] * width;
            if (before[s] == NONE) {
                for (int k = 0; k < width; k++) {
                    gradient[row + k] += gradient[upstream + k];
                }
            } else {
                double toBeta = 0;
                int past = average(before[s]) * width;
                for (int k = 0; k < width; k++) {
                    double g = gradient[upstream + k];
                    gradient[past + k] += (1 - betas[s]) * g;
                    gradient[row + k] += betas[s] * g;
                    toBeta += g * (vectors[row + k] - vectors[past + k]);
                }
                if (!clamped[s]) {
                    carry(s, toBeta);
                }
            }
        }
    }

    private void carry(int s, double toBeta) {
        int count = 0;
        for (int j = before[s]; j != NONE && count < history; j = before[j]) {
            count++;
        }
        int j = before[s];
        for (int n = 0; n < count; n++) {
            carry(rowOf[s], rowOf[j], toBeta / count);
            j = before[j];
        }
    }

    private void carry(int a, int b, double toCosine) {
        double lengthA = length(a);
        double lengthB = length(b);
        if (lengthA == 0 || lengthB == 0) {
            return;
        }
        double both = lengthA * lengthB;
        double cosine = dot(a, b) / both;
        for (int k = 0; k < width; k++) {
            double x = vectors[a * width + k];
            double y = vectors[b * width + k];
            gradient[a * width + k] += toCosine * (y / both - cosine * x / (lengthA * lengthA));
            gradient[b * width + k] += toCosine * (x / both - cosine * y / (lengthB * lengthB));
        }
    }

    private double length(int row) {
        return Math.sqrt(dot(row, row));
    }

    private double dot(int a, int b) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += vectors[a * width + k] * vectors[b * width + k];
        }
        return sum;
    }
}
