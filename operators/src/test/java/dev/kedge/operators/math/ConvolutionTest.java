// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the sums that define a convolution and its gradients. */
class ConvolutionTest {
    private static final Convolution.Shape SHAPE = new Convolution.Shape(2, 3, 5, 4, 3, 2, 1);
    private static final int ROWS = 2;
    private static final int WEIGHTS = 3 * 2 * 9;

    private final SplittableRandom random = new SplittableRandom(9);
    private final float[] input = numbers(ROWS * SHAPE.inputSize());
    private final float[] parameters = numbers(WEIGHTS + 3);
    private final float[] upstream = numbers(ROWS * SHAPE.outputSize());

    @FunctionalInterface
    private interface Tap {
        void at(int out, int in, int weight);
    }

    @Test
    void outputsAreTheSumsThatDefineThem() {
        float[] expected = new float[ROWS * SHAPE.outputSize()];
        int area = SHAPE.outputHeight() * SHAPE.outputWidth();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = parameters[WEIGHTS + i / area % 3];
        }
        taps((out, in, weight) -> expected[out] += input[in] * parameters[weight]);
        float[] output = new float[expected.length];
        try (Convolution convolution = new Convolution(SHAPE, ROWS, true)) {
            convolution.forward(input, ROWS, parameters, 0, WEIGHTS, output);
        }

        assertThat(output).containsExactly(expected, within(1e-5f));
    }

    @Test
    void gradientsAreTheSumsThatDefineThemAndAreAddedTo() {
        float[] expectedInput = new float[input.length];
        float[] expected = new float[parameters.length];
        Arrays.fill(expected, 1);
        taps((out, in, weight) -> expectedInput[in] += upstream[out] * parameters[weight]);
        taps((out, in, weight) -> expected[weight] += upstream[out] * input[in]);
        int area = SHAPE.outputHeight() * SHAPE.outputWidth();
        for (int i = 0; i < upstream.length; i++) {
            expected[WEIGHTS + i / area % 3] += upstream[i];
        }
        float[] inputGradient = new float[input.length];
        float[] gradient = new float[parameters.length];
        Arrays.fill(gradient, 1);
        try (Convolution convolution = new Convolution(SHAPE, ROWS, true)) {
            convolution.forward(input, ROWS, parameters, 0, WEIGHTS, new float[upstream.length]);
            convolution.backward(upstream, ROWS, inputGradient, gradient, 0, WEIGHTS);
        }

        assertThat(inputGradient).containsExactly(expectedInput, within(1e-5f));
        assertThat(gradient).containsExactly(expected, within(1e-5f));
    }

    private static void taps(Tap tap) {
        for (int row = 0; row < ROWS; row++) {
            for (int o = 0; o < SHAPE.outputs(); o++) {
                for (int y = 0; y < SHAPE.outputHeight(); y++) {
                    for (int x = 0; x < SHAPE.outputWidth(); x++) {
                        window(row, o, y, x, tap);
                    }
                }
            }
        }
    }

    private static void window(int row, int o, int y, int x, Tap tap) {
        int out =
                ((row * SHAPE.outputs() + o) * SHAPE.outputHeight() + y) * SHAPE.outputWidth() + x;
        for (int c = 0; c < SHAPE.inputs(); c++) {
            for (int k = 0; k < 9; k++) {
                int atY = y * SHAPE.stride() + k / 3 - SHAPE.padding();
                int atX = x * SHAPE.stride() + k % 3 - SHAPE.padding();
                if (atY >= 0 && atY < SHAPE.height() && atX >= 0 && atX < SHAPE.width()) {
                    int in =
                            ((row * SHAPE.inputs() + c) * SHAPE.height() + atY) * SHAPE.width()
                                    + atX;
                    tap.at(out, in, (o * SHAPE.inputs() + c) * 9 + k);
                }
            }
        }
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }
}
