// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.calibration;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * Maps a probability to what came of such probabilities, learning one outcome after another and
 * forgetting old ones by and by. Never falling. Bounded. One instance serves one model's horizon.
 */
public interface Calibrator {
    /** Calibrates a probability; within [0, 1]. */
    double calibrate(double probability);

    /** Learns what came of a probability. */
    void learn(double probability, boolean happened);

    /** Writes what it knows. */
    void write(BinaryWriter out);

    /** Reads back what was written. */
    void read(BinaryReader in);

    /** Kinds of calibrators. */
    @PublicApi
    enum Method {
        /** As it is. */
        NONE,
        /** Never falling steps (Zadrozny and Elkan, KDD 2002), over bins of the logit. */
        ISOTONIC,
        /** A line in the logit (Platt 1999). */
        PLATT;

        /**
         * A new calibrator that changes nothing yet.
         *
         * @param memory outcomes after which an old one counts only 1/e
         * @param prior outcomes that the probabilities as they are count for
         */
        public Calibrator create(double memory, double prior) {
            return switch (this) {
                case NONE -> new NoCalibrator();
                case ISOTONIC -> new IsotonicCalibrator(memory, prior);
                case PLATT -> new PlattCalibrator(memory, prior);
            };
        }
    }
}
