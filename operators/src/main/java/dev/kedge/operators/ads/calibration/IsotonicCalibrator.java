// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.calibration;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * Isotonic regression (Zadrozny and Elkan, <i>Transforming classifier scores into accurate
 * multiclass probability estimates</i>, KDD 2002) over bins that are equally wide in the logit:
 * pool adjacent violators over the bins' means, each drawn towards its own mean prediction by the
 * prior, then linear between the bins' mean predictions, with (0, 0) and (1, 1) as ends.
 *
 * <p>State: three sums a bin. Learning is O(bins) for the forgetting; the pooled line is made anew
 * at the first question after it.
 */
public final class IsotonicCalibrator implements Calibrator {
    private static final int BINS = 32;
    private static final double WIDEST = 8;

    private final double keep;
    private final double prior;
    private final double[] counts = new double[BINS];
    private final double[] predicted = new double[BINS];
    private final double[] happened = new double[BINS];
    private final double[] at = new double[BINS + 2];
    private final double[] value = new double[BINS + 2];
    private final double[] weight = new double[BINS + 2];
    private final int[] members = new int[BINS + 2];
    private int points;
    private boolean stale = true;

    /**
     * Changes nothing yet.
     *
     * @param memory outcomes after which an old one counts only 1/e
     * @param prior outcomes that a bin's own mean prediction counts for
     */
    public IsotonicCalibrator(double memory, double prior) {
        this.keep = Math.exp(-1 / memory);
        this.prior = prior;
    }

    @Override
    public void learn(double probability, boolean didHappen) {
        for (int i = 0; i < BINS; i++) {
            counts[i] *= keep;
            predicted[i] *= keep;
            happened[i] *= keep;
        }
        int bin = bin(probability);
        counts[bin]++;
        predicted[bin] += probability;
        happened[bin] += didHappen ? 1 : 0;
        stale = true;
    }

    @Override
    public double calibrate(double probability) {
        if (stale) {
            pool();
        }
        int right = 1;
        while (right < points - 1 && at[right] < probability) {
            right++;
        }
        double span = at[right] - at[right - 1];
        double share = span <= 0 ? 1 : (probability - at[right - 1]) / span;
        double clipped = Math.max(0, Math.min(1, share));
        return value[right - 1] + clipped * (value[right] - value[right - 1]);
    }

    private static int bin(double probability) {
        double logit = Math.log(probability / (1 - probability));
        double place = (logit + WIDEST) / (2 * WIDEST) * BINS;
        return (int) Math.max(0, Math.min(BINS - 1, Math.floor(place)));
    }

    private void pool() {
        int blocks = 0;
        int bins = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                double mean = predicted[i] / counts[i];
                at[1 + bins++] = mean;
                value[1 + blocks] = (happened[i] + prior * mean) / (counts[i] + prior);
                weight[1 + blocks] = counts[i] + prior;
                members[1 + blocks] = 1;
                blocks++;
                while (blocks > 1 && value[blocks - 1] > value[blocks]) {
                    merge(--blocks);
                }
            }
        }
        spread(blocks, bins);
        at[0] = 0;
        value[0] = 0;
        at[bins + 1] = 1;
        value[bins + 1] = 1;
        points = bins + 2;
        stale = false;
    }

    /** Merges a block with the one after it. */
    private void merge(int block) {
        double both = weight[block] + weight[block + 1];
        value[block] = (weight[block] * value[block] + weight[block + 1] * value[block + 1]) / both;
        weight[block] = both;
        members[block] += members[block + 1];
    }

    /**
     * Gives each bin its block's value, from the last on, so that nothing is overwritten unread.
     */
    private void spread(int blocks, int bins) {
        int to = bins;
        for (int block = blocks; block >= 1; block--) {
            double pooled = value[block];
            for (int i = members[block]; i > 0; i--) {
                value[to--] = pooled;
            }
        }
    }

    @Override
    public void write(BinaryWriter out) {
        out.putDoubles(counts);
        out.putDoubles(predicted);
        out.putDoubles(happened);
    }

    @Override
    public void read(BinaryReader in) {
        copy(in.getDoubles(counts.length), counts);
        copy(in.getDoubles(predicted.length), predicted);
        copy(in.getDoubles(happened.length), happened);
        stale = true;
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }
}
