// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/** Looks whether there are only numbers to compute with. */
public final class Finite {
    private Finite() {}

    /**
     * The largest of some values, whatever their signs.
     *
     * @param from index of the first
     * @param to index after the last
     * @return 0 if there are none; infinite or not a number if any of them is
     */
    public static float largest(float[] values, int from, int to) {
        float max = 0;
        for (int i = from; i < to; i++) {
            // The larger of anything and what is not a number is not a number.
            max = Math.max(max, Math.abs(values[i]));
        }
        return max;
    }

    /** The largest of the values in some ranges, whatever their signs, as {@link #largest}. */
    static float largest(float[] values, Ranges where) {
        float max = 0;
        for (int range = 0; range < where.count(); range++) {
            max = Math.max(max, largest(values, where.from(range), where.to(range)));
        }
        return max;
    }

    /** Whether all of some values are finite. */
    public static boolean all(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            // Nought times what is not finite is not a number, and stays so in a sum.
            sum += 0 * values[i];
        }
        return sum == 0;
    }
}
