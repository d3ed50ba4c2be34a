// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

/**
 * How creatives really stop along the cumulative hazard that was foretold of them: a life table of
 * their Cox-Snell residuals. A rate of 1 says that they stop as foretold, 2 that twice as many do.
 * From it follows the calibrated cumulative hazard of a residual, {@code -log} of the share of
 * creatives that outlive it.
 *
 * <p>Every stretch that a creative outlived counts as soon as it has, also of those that still run.
 * So the table is not biased towards those that stop early, as the residuals of the stopped ones
 * alone would be (Kaplan and Meier 1958), and its knowledge of late stretches is as new as that of
 * early ones: it is a period life table, not one of cohorts. Older outcomes count less.
 */
final class ResidualTable {
    /** Bins: to 1/256, then in steps of the square root of 2 to 8, then open. */
    private static final int BINS = 24;

    private static final double FIRST = 1.0 / 256;

    /** Stops that the rate of the bin before, or 1 for the first, counts for. */
    private static final double PRIOR = 5;

    private static final double[] STARTS = starts();

    private final double memory;
    private final double[] exposure = new double[BINS];
    private final double[] stops = new double[BINS];

    /** Calibrated cumulative hazard at the start of each bin, and its rate in it. */
    private final double[] cumulative = new double[BINS];

    private final double[] rates = new double[BINS];
    private boolean stale = true;

    ResidualTable(double memory) {
        this.memory = memory;
    }

    private static double[] starts() {
        double[] starts = new double[BINS];
        for (int i = 1; i < BINS; i++) {
            starts[i] = FIRST * Math.pow(2, (i - 1) / 2.0);
        }
        return starts;
    }

    /** A creative outlived the stretch from one residual to another. */
    void outlive(double from, double to) {
        if (!(to > from)) {
            return;
        }
        age(to - from);
        double at = from;
        for (int i = bin(from); at < to; i++) {
            double end = i == BINS - 1 ? to : Math.min(to, STARTS[i + 1]);
            exposure[i] += end - at;
            at = end;
        }
    }

    /** A creative stopped at a residual. */
    void stop(double residual) {
        age(1);
        stops[bin(residual)]++;
    }

    /** Stops that happened and stops that were foretold make the old ones older alike. */
    private void age(double by) {
        double keep = Math.exp(-by / (2 * memory));
        for (int i = 0; i < BINS; i++) {
            exposure[i] *= keep;
            stops[i] *= keep;
        }
        stale = true;
    }

    private static int bin(double residual) {
        int found = Arrays.binarySearch(STARTS, residual);
        return found >= 0 ? found : -found - 2;
    }

    /** The residual that a share of {@code exp(-hazard)} of the creatives outlives. */
    double residual(double hazard) {
        refresh();
        int bin = BINS - 1;
        while (cumulative[bin] > hazard) {
            bin--;
        }
        return STARTS[bin] + (hazard - cumulative[bin]) / rates[bin];
    }

    private void refresh() {
        if (!stale) {
            return;
        }
        stale = false;
        double before = 1;
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            cumulative[i] = sum;
            rates[i] = (stops[i] + PRIOR * before) / (exposure[i] + PRIOR);
            before = rates[i];
            sum += i == BINS - 1 ? 0 : rates[i] * (STARTS[i + 1] - STARTS[i]);
        }
    }

    void write(BinaryWriter out) {
        out.putDoubles(exposure);
        out.putDoubles(stops);
    }

    void read(BinaryReader in) {
        System.arraycopy(in.getDoubles(BINS), 0, exposure, 0, BINS);
        System.arraycopy(in.getDoubles(BINS), 0, stops, 0, BINS);
        stale = true;
    }
}
