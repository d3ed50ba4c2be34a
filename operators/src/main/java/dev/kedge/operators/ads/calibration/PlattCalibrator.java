// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.calibration;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * Platt scaling (<i>Probabilistic outputs for support vector machines</i>, 1999) on the logit:
 * {@code sigmoid(slope * logit + offset)}, learned by one online Newton step an outcome, that is an
 * extended Kalman filter of the two coefficients with forgetting. Starts at the identity, which the
 * prior holds.
 */
public final class PlattCalibrator implements Calibrator {
    private static final double MIN_SLOPE = 0.05;
    private static final double WIDEST = 16;

    /** Information of one outcome at a probability of a half. */
    private static final double UNIT = 0.25;

    private final double keep;
    private final double prior;
    private double slope = 1;
    private double offset;
    private double slopes;
    private double both;
    private double offsets;

    /**
     * Changes nothing yet.
     *
     * @param memory outcomes after which an old one counts only 1/e
     * @param prior outcomes that the identity counts for
     */
    public PlattCalibrator(double memory, double prior) {
        this.keep = Math.exp(-1 / memory);
        this.prior = UNIT * prior;
    }

    @Override
    public double calibrate(double probability) {
        return 1 / (1 + Math.exp(-(slope * logit(probability) + offset)));
    }

    @Override
    public void learn(double probability, boolean happened) {
        double x = logit(probability);
        double q = 1 / (1 + Math.exp(-(slope * x + offset)));
        double information = q * (1 - q);
        slopes = keep * slopes + information * x * x;
        both = keep * both + information * x;
        offsets = keep * offsets + information;
        double error = (happened ? 1 : 0) - q;
        double pull = prior * (1 - keep);
        double first = error * x + pull * (1 - slope);
        double second = error - pull * offset;
        double a = slopes + prior;
        double d = offsets + prior;
        double determinant = a * d - both * both;
        slope = Math.max(MIN_SLOPE, slope + (d * first - both * second) / determinant);
        offset += (a * second - both * first) / determinant;
    }

    private static double logit(double probability) {
        double logit = Math.log(probability / (1 - probability));
        return Math.max(-WIDEST, Math.min(WIDEST, logit));
    }

    @Override
    public void write(BinaryWriter out) {
        out.putDouble(slope);
        out.putDouble(offset);
        out.putDouble(slopes);
        out.putDouble(both);
        out.putDouble(offsets);
    }

    @Override
    public void read(BinaryReader in) {
        slope = in.getDouble();
        offset = in.getDouble();
        slopes = in.getDouble();
        both = in.getDouble();
        offsets = in.getDouble();
    }
}
