// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.learner.Finite;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.parameters.IncompatibleLayoutException;

/** Mean and variance of each number so far (Welford 1962), to standardise by. */
final class RunningMoments {
    private static final double FLOOR = 1e-6;
    private static final float LIMIT = 5;

    private long count;
    private final double[] mean;
    private final double[] squares;

    RunningMoments(int width) {
        mean = new double[width];
        squares = new double[width];
    }

    /** Learns a row; one that is not finite would ruin the mean for good, and is left out. */
    void learn(float[] values) {
        if (!Float.isFinite(Finite.largest(values, 0, mean.length))) {
            return;
        }
        count++;
        for (int i = 0; i < mean.length; i++) {
            double delta = values[i] - mean[i];
            mean[i] += delta / count;
            squares[i] += delta * (values[i] - mean[i]);
        }
    }

    /** The value in standard deviations from the mean, clipped to 5; 0 before there is a spread. */
    float standardise(int column, float value) {
        if (count < 2) {
            return 0;
        }
        double variance = squares[column] / (count - 1);
        if (variance < FLOOR) {
            return 0;
        }
        float z = (float) ((value - mean[column]) / Math.sqrt(variance));
        return Math.max(-LIMIT, Math.min(LIMIT, z));
    }

    void write(BinaryWriter out) {
        out.putLong(count);
        out.putDoubles(mean);
        out.putDoubles(squares);
    }

    void read(BinaryReader in) {
        count = in.getLong();
        double[] storedMean = in.getDoubles();
        double[] storedSquares = in.getDoubles();
        if (storedMean.length != mean.length) {
            throw new IncompatibleLayoutException(
                    format(
                            "the snapshot standardises %d numbers, the job %d",
                            storedMean.length, mean.length));
        }
        System.arraycopy(storedMean, 0, mean, 0, mean.length);
        System.arraycopy(storedSquares, 0, squares, 0, squares.length);
    }
}
