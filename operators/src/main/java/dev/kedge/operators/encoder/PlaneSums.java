// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

/**
 * Sums over a plane of a feature map. Each has eight sums side by side, in a fixed order: one would
 * wait for itself at every value, and would be less exact.
 */
final class PlaneSums {
    private static final int LANES = 8;

    private PlaneSums() {}

    /** Sum of x. */
    static double sum(float[] x, int at, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = at + count / LANES * LANES;
        for (int k = at; k < whole; k += LANES) {
            s0 += x[k];
            s1 += x[k + 1];
            s2 += x[k + 2];
            s3 += x[k + 3];
            s4 += x[k + 4];
            s5 += x[k + 5];
            s6 += x[k + 6];
            s7 += x[k + 7];
        }
        for (int k = whole; k < at + count; k++) {
            s0 += x[k];
        }
        return (double) s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    }

    /** Sum of (x - m)^2. */
    static double squares(float[] x, int at, int count, float m) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = at + count / LANES * LANES;
        for (int k = at; k < whole; k += LANES) {
            s0 += (x[k] - m) * (x[k] - m);
            s1 += (x[k + 1] - m) * (x[k + 1] - m);
            s2 += (x[k + 2] - m) * (x[k + 2] - m);
            s3 += (x[k + 3] - m) * (x[k + 3] - m);
            s4 += (x[k + 4] - m) * (x[k + 4] - m);
            s5 += (x[k + 5] - m) * (x[k + 5] - m);
            s6 += (x[k + 6] - m) * (x[k + 6] - m);
            s7 += (x[k + 7] - m) * (x[k + 7] - m);
        }
        for (int k = whole; k < at + count; k++) {
            s0 += (x[k] - m) * (x[k] - m);
        }
        return (double) s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    }

    /** Sum of d (x - m). */
    static double products(float[] d, float[] x, int at, int count, float m) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int whole = at + count / LANES * LANES;
        for (int k = at; k < whole; k += LANES) {
            s0 += d[k] * (x[k] - m);
            s1 += d[k + 1] * (x[k + 1] - m);
            s2 += d[k + 2] * (x[k + 2] - m);
            s3 += d[k + 3] * (x[k + 3] - m);
            s4 += d[k + 4] * (x[k + 4] - m);
            s5 += d[k + 5] * (x[k + 5] - m);
            s6 += d[k + 6] * (x[k + 6] - m);
            s7 += d[k + 7] * (x[k + 7] - m);
        }
        for (int k = whole; k < at + count; k++) {
            s0 += d[k] * (x[k] - m);
        }
        return (double) s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    }
}
