// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/**
 * Rows divided by their length, and the way back. Holds the last rows it was given; reused from
 * step to step by one task.
 */
final class UnitRows {
    private final int width;
    private final Guard guard;
    private final double[] units;
    private final double[] lengths;

    /** What keeps a row of zeros from being divided by zero. */
    enum Guard {
        /** {@code u = f / (r + 1e-6)}, as PCR and HPCR have it. */
        ADDED(1e-6),
        /** {@code u = f / max(r, 1e-12)}, as SCR has it. */
        FLOOR(1e-12);

        private final double epsilon;

        Guard(double epsilon) {
            this.epsilon = epsilon;
        }

        double divisor(double length) {
            return this == ADDED ? length + epsilon : Math.max(length, epsilon);
        }

        boolean turns(double length) {
            return this == ADDED ? length > 0 : length > epsilon;
        }
    }

    UnitRows(int maxRows, int width, Guard guard) {
        this.width = width;
        this.guard = guard;
        units = new double[maxRows * width];
        lengths = new double[maxRows];
    }

    /** Takes the first {@code rows} rows. */
    void normalise(double[] raw, int rows) {
        for (int i = 0; i < rows; i++) {
            int at = i * width;
            lengths[i] = Math.sqrt(Vectors.dot(raw, at, raw, at, width));
            double divisor = guard.divisor(lengths[i]);
            for (int k = 0; k < width; k++) {
                units[at + k] = raw[at + k] / divisor;
            }
        }
    }

    /** The divided rows, rows x width. */
    double[] units() {
        return units;
    }

    /**
     * Carries a gradient back: {@code df = g / D - u (u . g) / r}, D being the divisor and r the
     * length; where the divisor does not depend on the row, {@code df = g / D}.
     *
     * @param unitGradient gradient by the divided rows
     * @param rawGradient gradient by the rows as they came, added to
     */
    void backward(double[] unitGradient, int rows, double[] rawGradient) {
        for (int i = 0; i < rows; i++) {
            int at = i * width;
            double divisor = guard.divisor(lengths[i]);
            double along =
                    guard.turns(lengths[i])
                            ? Vectors.dot(units, at, unitGradient, at, width) / lengths[i]
                            : 0;
            for (int k = 0; k < width; k++) {
                rawGradient[at + k] += unitGradient[at + k] / divisor - along * units[at + k];
            }
        }
    }
}
