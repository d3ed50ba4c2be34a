// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplayModel;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.ResNet18;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.RandomView;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.operators.math.Convolution;
import dev.kedge.state.part.MemoryPartStore;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One training step of the protocol P1: 10 incoming and 10 drawn images of 32 x 32, each in two
 * views, through the reduced ResNet-18, forward and back, loss, step and memory; all on one thread.
 * Beside it the convolution that costs it most, as a measure of the machine.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ResNetStepBenchmark {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int BATCH = 10;
    private static final int IMAGES = 256;
    private static final int ROWS = 40;

    /** A model that has filled its memory. */
    @State(Scope.Thread)
    public static class Model {
        @Param({"hpcr", "pcr", "er"})
        String method;

        private final byte[][] images = new byte[IMAGES][PIXELS];
        private ReplayLearner learner;
        private ReplayModel model;
        private int next;

        /** One of a method, ready to learn. */
        public static Model of(String method) {
            Model made = new Model();
            made.method = method;
            made.fill();
            return made;
        }

        /** Draws the images and fills the memory. */
        @Setup
        public void fill() {
            SplittableRandom random = new SplittableRandom(1);
            for (byte[] image : images) {
                random.nextBytes(image);
            }
            ReplaySettings settings =
                    ReplaySettings.of(
                            Method.named(method),
                            new ReplaySettings.Input(PIXELS, InputForm.BYTES),
                            10,
                            200,
                            1);
            RandomView views =
                    new RandomView(new ImageShape(3, SIDE, SIDE), RandomView.Settings.REFERENCE);
            learner =
                    new ReplayLearner(
                            settings,
                            (layout, rows, product) ->
                                    new ResNet18(layout, ResNet18.REDUCED, 3, SIDE, SIDE, rows),
                            new Sgd(0.1),
                            views::view);
            model = learner.load("bench", new MemoryPartStore());
            model.nextTask();
            for (int i = 0; i < 2; i++) {
                step();
            }
        }

        private OptionalDouble step() {
            OptionalDouble loss = OptionalDouble.empty();
            for (int i = 0; i < BATCH; i++) {
                loss = model.learn(images[next], "class " + next % 10);
                next = (next + 1) % IMAGES;
            }
            return loss;
        }

        /** Frees native arrays. */
        @TearDown
        public void close() {
            learner.close();
        }
    }

    /** The 3x3 convolution of the first stage, 20 to 20 channels. */
    @State(Scope.Thread)
    public static class Yardstick {
        private final Convolution.Shape shape = new Convolution.Shape(20, 20, SIDE, SIDE, 3, 1, 1);
        private final Convolution convolution = new Convolution(shape, ROWS, false);
        private final float[] input = new float[ROWS * shape.inputSize()];
        private final float[] output = new float[ROWS * shape.outputSize()];
        private final float[] weights = new float[shape.outputs() * shape.fanIn()];
        private final float[] gradient = new float[weights.length];

        /** Draws the numbers. */
        @Setup
        public void draw() {
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < input.length; i++) {
                input[i] = (float) random.nextDouble(-1, 1);
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextDouble(-0.1, 0.1);
            }
        }

        /** Frees native arrays. */
        @TearDown
        public void close() {
            convolution.close();
        }
    }

    /** One step: 10 samples learned. */
    @Benchmark
    public OptionalDouble step(Model model) {
        return model.step();
    }

    /** 40 images forward. */
    @Benchmark
    public float[] convolutionForward(Yardstick stick) {
        stick.convolution.forward(stick.input, ROWS, stick.weights, 0, 0, stick.output);
        return stick.output;
    }

    /** 40 images back. */
    @Benchmark
    public float[] convolutionBackward(Yardstick stick) {
        stick.convolution.backward(stick.output, ROWS, stick.input, stick.gradient, 0, 0);
        return stick.gradient;
    }
}
