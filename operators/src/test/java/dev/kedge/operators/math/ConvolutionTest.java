// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the sums that define a convolution and its gradients. */
class ConvolutionTest {
    private static final int ROWS = 2;

    private final SplittableRandom random = new SplittableRandom(9);

    /** With padding and stride; plain; pointwise; pointwise with a stride, even and odd sides. */
    static Stream<Convolution.Shape> shapes() {
        return Stream.of(
                new Convolution.Shape(2, 3, 5, 4, 3, 2, 1),
                new Convolution.Shape(3, 2, 4, 4, 3, 1, 1),
                new Convolution.Shape(2, 3, 4, 5, 1, 1, 0),
                new Convolution.Shape(2, 3, 6, 4, 1, 2, 0),
                new Convolution.Shape(2, 3, 5, 7, 1, 2, 0));
    }

    @FunctionalInterface
    private interface Tap {
        void at(int out, int in, int weight);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void outputsAreTheSumsThatDefineThem(Convolution.Shape shape) {
        int weights = shape.outputs() * shape.fanIn();
        float[] input = numbers(ROWS * shape.inputSize());
        float[] parameters = numbers(weights + shape.outputs());
        float[] expected = new float[ROWS * shape.outputSize()];
        int area = shape.outputHeight() * shape.outputWidth();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = parameters[weights + i / area % shape.outputs()];
        }
        taps(shape, (out, in, weight) -> expected[out] += input[in] * parameters[weight]);
        float[] output = new float[expected.length];
        try (Convolution convolution = new Convolution(shape, ROWS + 1, true)) {
            convolution.forward(input, ROWS, parameters, 0, weights, output);
        }

        assertThat(output).containsExactly(expected, within(1e-5f));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void withoutBiasItIsTheSameLessTheBias(Convolution.Shape shape) {
        float[] input = numbers(ROWS * shape.inputSize());
        float[] parameters = numbers(shape.outputs() * shape.fanIn());
        float[] expected = new float[ROWS * shape.outputSize()];
        taps(shape, (out, in, weight) -> expected[out] += input[in] * parameters[weight]);
        float[] output = new float[expected.length];
        try (Convolution convolution = new Convolution(shape, ROWS, false)) {
            convolution.forward(input, ROWS, parameters, 0, 0, output);
        }

        assertThat(output).containsExactly(expected, within(1e-5f));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsAreTheSumsThatDefineThemAndAreAddedTo(Convolution.Shape shape) {
        int weights = shape.outputs() * shape.fanIn();
        float[] input = numbers(ROWS * shape.inputSize());
        float[] parameters = numbers(weights + shape.outputs());
        float[] upstream = numbers(ROWS * shape.outputSize());
        float[] expectedInput = new float[input.length];
        float[] expected = new float[parameters.length];
        Arrays.fill(expected, 1);
        taps(shape, (out, in, weight) -> expectedInput[in] += upstream[out] * parameters[weight]);
        taps(shape, (out, in, weight) -> expected[weight] += upstream[out] * input[in]);
        int area = shape.outputHeight() * shape.outputWidth();
        for (int i = 0; i < upstream.length; i++) {
            expected[weights + i / area % shape.outputs()] += upstream[i];
        }
        float[] inputGradient = numbers(input.length);
        float[] gradient = new float[parameters.length];
        Arrays.fill(gradient, 1);
        try (Convolution convolution = new Convolution(shape, ROWS, true)) {
            float[] output = new float[upstream.length];
            convolution.forward(input, ROWS, parameters, 0, weights, output);
            convolution.backward(upstream, ROWS, inputGradient, gradient, 0, weights);
        }

        assertThat(inputGradient).containsExactly(expectedInput, within(1e-5f));
        assertThat(gradient).containsExactly(expected, within(1e-5f));
    }

    private static void taps(Convolution.Shape shape, Tap tap) {
        for (int row = 0; row < ROWS; row++) {
            for (int o = 0; o < shape.outputs(); o++) {
                for (int y = 0; y < shape.outputHeight(); y++) {
                    for (int x = 0; x < shape.outputWidth(); x++) {
                        window(shape, row, o, y, x, tap);
                    }
                }
            }
        }
    }

    private static void window(Convolution.Shape shape, int row, int o, int y, int x, Tap tap) {
        int out =
                ((row * shape.outputs() + o) * shape.outputHeight() + y) * shape.outputWidth() + x;
        int area = shape.kernel() * shape.kernel();
        for (int c = 0; c < shape.inputs(); c++) {
            for (int k = 0; k < area; k++) {
                int atY = y * shape.stride() + k / shape.kernel() - shape.padding();
                int atX = x * shape.stride() + k % shape.kernel() - shape.padding();
                if (atY >= 0 && atY < shape.height() && atX >= 0 && atX < shape.width()) {
                    int in =
                            ((row * shape.inputs() + c) * shape.height() + atY) * shape.width()
                                    + atX;
                    tap.at(out, in, (o * shape.inputs() + c) * area + k);
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
