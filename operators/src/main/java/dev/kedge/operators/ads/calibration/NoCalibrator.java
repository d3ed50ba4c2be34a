// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.calibration;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/** Leaves every probability as it is. */
final class NoCalibrator implements Calibrator {
    @Override
    public double calibrate(double probability) {
        return probability;
    }

    @Override
    public void learn(double probability, boolean happened) {}

    @Override
    public void write(BinaryWriter out) {}

    @Override
    public void read(BinaryReader in) {}
}
