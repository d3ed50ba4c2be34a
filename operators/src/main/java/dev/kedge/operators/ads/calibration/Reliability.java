// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.calibration;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A reliability diagram that moves with the stream: ten bins of equal width, older forecasts
 * counted less and less.
 */
public final class Reliability {
    private static final int BINS = 10;

    private final double keep;
    private final double[] counts = new double[BINS];
    private final double[] predicted = new double[BINS];
    private final double[] happened = new double[BINS];
    private long judged;

    /**
     * Forecasts of like probability.
     *
     * @param predicted their mean probability
     * @param observed how many of them came true, as a share
     * @param weight how many they are, older ones counting less
     */
    public record Bin(double predicted, double observed, double weight) {}

    /**
     * Starts empty.
     *
     * @param memory outcomes after which an old one counts only 1/e
     */
    public Reliability(double memory) {
        this.keep = Math.exp(-1 / memory);
    }

    /** Judges a forecast by its outcome. */
    public void judge(double probability, boolean didHappen) {
        for (int i = 0; i < BINS; i++) {
            counts[i] *= keep;
            predicted[i] *= keep;
            happened[i] *= keep;
        }
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        counts[bin]++;
        predicted[bin] += probability;
        happened[bin] += didHappen ? 1 : 0;
        judged++;
    }

    /** Outcomes since the start. */
    public long judged() {
        return judged;
    }

    /** The bins that have forecasts, from the lowest. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>(BINS);
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                bins.add(new Bin(predicted[i] / counts[i], happened[i] / counts[i], counts[i]));
            }
        }
        return bins;
    }

    /** Expected calibration error; not a number before the first outcome. */
    public double error() {
        double distance = 0;
        double total = 0;
        for (int i = 0; i < BINS; i++) {
            distance += Math.abs(predicted[i] - happened[i]);
            total += counts[i];
        }
        return total == 0 ? Double.NaN : distance / total;
    }

    /** Writes what {@link #read} reads. */
    public void write(BinaryWriter out) {
        out.putLong(judged);
        out.putDoubles(counts);
        out.putDoubles(predicted);
        out.putDoubles(happened);
    }

    /** Reads back. */
    public void read(BinaryReader in) {
        judged = in.getLong();
        System.arraycopy(in.getDoubles(BINS), 0, counts, 0, BINS);
        System.arraycopy(in.getDoubles(BINS), 0, predicted, 0, BINS);
        System.arraycopy(in.getDoubles(BINS), 0, happened, 0, BINS);
    }
}
