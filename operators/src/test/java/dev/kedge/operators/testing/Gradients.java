// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Gradients held against central differences. */
public final class Gradients {
    private static final double STEP = 1e-5;

    private Gradients() {}

    /** Fails unless the gradient is that of the function at a point. */
    public static void assertGradient(
            double[] gradient, ToDoubleFunction<double[]> function, double[] at) {
        for (int i = 0; i < at.length; i++) {
            double[] moved = at.clone();
            moved[i] = at[i] + STEP;
            double above = function.applyAsDouble(moved);
            moved[i] = at[i] - STEP;
            double slope = (above - function.applyAsDouble(moved)) / (2 * STEP);
            double allowed = 1e-7 * Math.max(1, Math.abs(slope));
            assertThat(gradient[i]).as("gradient at %d", i).isCloseTo(slope, within(allowed));
        }
    }

    /** Numbers between -2 and 2. */
    public static double[] numbers(SplittableRandom random, int length) {
        return random.doubles(length, -2, 2).toArray();
    }
}
