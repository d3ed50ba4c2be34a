// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * How far apart an embedding has held instances so far: the mean cosine of detections with the
 * instances that they were given to, and with all others of their frames. Old ones are forgotten by
 * and by. Not thread-safe.
 */
final class Separation {
    /** Matched detections after which an old one counts only 1/e. */
    private static final double MEMORY = 1_000;

    private double same;
    private double sames;
    private double other;
    private double others;

    /**
     * Takes a frame.
     *
     * @param cosines rows x columns; those that are not a number are left out
     * @param chosen each row's column, or less than 0
     */
    void see(double[] cosines, int[] chosen, int columns) {
        int matched = 0;
        for (int column : chosen) {
            matched += column >= 0 ? 1 : 0;
        }
        forget(Math.exp(-matched / MEMORY));
        for (int i = 0; i < chosen.length; i++) {
            for (int j = 0; chosen[i] >= 0 && j < columns; j++) {
                add(cosines[i * columns + j], j == chosen[i]);
            }
        }
    }

    private void forget(double keep) {
        same *= keep;
        sames *= keep;
        other *= keep;
        others *= keep;
    }

    private void add(double cosine, boolean isSame) {
        if (Double.isNaN(cosine)) {
            return;
        }
        if (isSame) {
            same += cosine;
            sames++;
        } else {
            other += cosine;
            others++;
        }
    }

    /** How many matched detections it knows, or others if those are fewer; old ones count less. */
    double seen() {
        return Math.min(sames, others);
    }

    /** Mean cosine of detections and their own instances. */
    double same() {
        return same / sames;
    }

    /** Mean cosine of detections and other instances. */
    double other() {
        return other / others;
    }

    void write(BinaryWriter out) {
        out.putDouble(same);
        out.putDouble(sames);
        out.putDouble(other);
        out.putDouble(others);
    }

    void read(BinaryReader in) {
        same = in.getDouble();
        sames = in.getDouble();
        other = in.getDouble();
        others = in.getDouble();
    }
}
