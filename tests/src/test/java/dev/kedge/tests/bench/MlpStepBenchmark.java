// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplayModel;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Learned samples a second of a continual classifier over images of MNIST's size: encoder {@code
 * mlp} 784-256-128, ten incoming and ten replayed samples a step, each in as many views as the
 * method has. One operation is one sample of the stream, so a step is ten.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class MlpStepBenchmark {
    private static final int BATCH = 10;
    private static final int PIXELS = 784;
    private static final int CLASSES = 10;
    private static final int SAMPLES = 2000;

    @Param({"er", "pcr", "hpcr"})
    String method;

    private ReplayLearner learner;
    private ReplayModel model;
    private byte[][] images;
    private int at;

    /** One of a method, ready to learn. */
    public static MlpStepBenchmark of(String method) {
        MlpStepBenchmark made = new MlpStepBenchmark();
        made.method = method;
        made.learnTwoTasks();
        return made;
    }

    /** Draws images, and lets the model learn two tasks of them: HPCR distils from then on. */
    @Setup
    public void learnTwoTasks() {
        ReplaySettings.Input input = new ReplaySettings.Input(PIXELS, InputForm.BYTES);
        learner =
                new ReplayLearner(
                        ReplaySettings.of(Method.named(method), input, CLASSES, 1000, 1),
                        (layout, rows, product) ->
                                new MlpEncoder(layout, PIXELS, List.of(256, 128), rows, product),
                        new Sgd(0.1),
                        Augmentation.NONE);
        model = learner.load("benchmark", new MemoryPartStore());
        images = images();
        for (int i = 0; i < SAMPLES; i++) {
            learnOne();
        }
        model.nextTask();
        for (int i = 0; i < SAMPLES; i++) {
            learnOne();
        }
    }

    /** Noise, dense: a fifth of a digit's pixels would be dark, but no kernel may count on it. */
    private static byte[][] images() {
        RestorableRandom random = RestorableRandom.seeded(7);
        byte[][] images = new byte[SAMPLES][PIXELS];
        for (byte[] image : images) {
            for (int k = 0; k < PIXELS; k++) {
                image[k] = (byte) random.nextInt(256);
            }
        }
        return images;
    }

    private void learnOne() {
        model.learn(images[at], "class " + at % CLASSES);
        at = at + 1 == SAMPLES ? 0 : at + 1;
    }

    /** Frees native arrays. */
    @TearDown
    public void close() {
        learner.close();
    }

    /** Ten samples, one step. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long learn() {
        for (int i = 0; i < BATCH; i++) {
            learnOne();
        }
        return model.steps();
    }
}
