// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.operators.classifier.hpcr.ReplaySettings.Input;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.AugmentationName;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.learner.Finite;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.replay.ReplaySample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One sample far from all others, in a stream that would be learned well without it. */
class OutlierTest {
    private static final int CLASSES = 4;
    private static final int SAMPLES = 400;

    private static ReplayLearner learner(Method method, Inputs inputs) {
        ReplaySettings settings =
                ReplaySettings.of(
                        method, new Input(Blobs.INPUTS, InputForm.FLOATS, inputs), CLASSES, 60, 5);
        return new ReplayLearner(
                settings,
                EncoderName.MLP.factory(
                        "encoder",
                        Blobs.INPUTS,
                        Optional.<ImageShape>empty(),
                        new EncoderSizes(
                                new EncoderSizes.Mlp(List.of(16)),
                                new EncoderSizes.Convnet(List.of(4), 8))),
                new Sgd(0.1),
                AugmentationName.NONE.of("augmentation", Optional.empty()));
    }

    private static byte[] filled(float value) {
        float[] values = new float[Blobs.INPUTS];
        Arrays.fill(values, value);
        return InputForm.encode(values);
    }

    /** Learns all classes all the time; an outlier comes in the middle. */
    private static ReplayModel learn(ReplayLearner learner, Blobs blobs, Optional<byte[]> outlier) {
        ReplayModel model = learner.load("key", new MemoryPartStore());
        for (int i = 0; i < SAMPLES; i++) {
            Blobs.Sample sample = blobs.of(i % CLASSES);
            boolean strange = outlier.isPresent() && i == SAMPLES / 2;
            model.learn(strange ? outlier.get() : sample.input(), sample.label());
        }
        return model;
    }

    private static double accuracy(ReplayModel model, Blobs blobs) {
        List<Blobs.Sample> test = blobs.test(25);
        List<String> answers = model.classify(test.stream().map(Blobs.Sample::input).toList());
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += answers.get(i).equals(test.get(i).label()) ? 1 : 0;
        }
        return right / (double) test.size();
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void theLargestNumberThatIsLetInRuinsNoMethod(Method method) {
        try (ReplayLearner learner = learner(method, Inputs.NONE)) {
            double clean =
                    accuracy(learn(learner, new Blobs(CLASSES, 2), Optional.empty()), seeded());
            ReplayModel model =
                    learn(learner, new Blobs(CLASSES, 2), Optional.of(filled(InputForm.MOST)));

            float[] parameters = model.remembered().state().parameters();
            assertThat(Finite.largest(parameters, 0, parameters.length)).isLessThan(1000);
            assertThat(accuracy(model, seeded())).isGreaterThan(clean - 0.1);
        }
    }

    private static Blobs seeded() {
        return new Blobs(CLASSES, 2);
    }

    @ParameterizedTest
    @ValueSource(floats = {10, 1000, 1e6f})
    void standardisedByRunningMomentsAnOutlierIsARareValueLikeAnyOther(float size) {
        for (Method method : List.of(Method.FINE_TUNE, Method.ER, Method.HPCR)) {
            for (Inputs inputs : List.of(Inputs.STANDARDISE, Inputs.CLIP)) {
                try (ReplayLearner learner = learner(method, inputs)) {
                    double clean = accuracy(learn(learner, seeded(), Optional.empty()), seeded());
                    ReplayModel model = learn(learner, seeded(), Optional.of(filled(size)));

                    assertThat(model.refused()).isZero();
                    assertThat(accuracy(model, seeded()))
                            .as("%s, %s", method, inputs)
                            .isGreaterThan(clean - 0.1);
                }
            }
        }
    }

    @Test
    void anOutlierAmongTheFirstSamplesDoesNotWidenTheSpreadForGood() {
        try (ReplayLearner learner = learner(Method.ER, Inputs.STANDARDISE)) {
            Blobs blobs = seeded();
            ReplayModel model = learner.load("key", new MemoryPartStore());
            for (int i = 0; i < SAMPLES; i++) {
                Blobs.Sample sample = blobs.of(i % CLASSES);
                model.learn(i == 3 ? filled(1e6f) : sample.input(), sample.label());
            }

            assertThat(accuracy(model, seeded())).isGreaterThan(0.8);
        }
    }

    @ParameterizedTest
    @EnumSource(Inputs.class)
    void aModelRestoredAfterEverySampleEndsWithTheSameBytes(Inputs inputs) {
        try (ReplayLearner learner = learner(Method.SCR, inputs)) {
            Blobs blobs = seeded();
            MemoryPartStore store = new MemoryPartStore();
            MemoryPartStore whole = new MemoryPartStore();
            ReplayModel uninterrupted = learner.load("key", whole);
            for (int i = 0; i < 60; i++) {
                Blobs.Sample sample = blobs.of(i % CLASSES);
                byte[] input = i == 33 ? filled(1e6f) : sample.input();
                ReplayModel restored = learner.load("key", store);

                assertThat(restored.score(input, 3)).isEqualTo(uninterrupted.score(input, 3));
                restored.learn(input, sample.label());
                uninterrupted.learn(input, sample.label());
                restored.flush(store);
            }
            uninterrupted.flush(whole);
            assertThat(readable(store)).isEqualTo(readable(whole));
        }
    }

    private static List<String> readable(MemoryPartStore store) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, byte[]> part : store.parts().entrySet()) {
            parts.add(part.getKey() + " " + Arrays.toString(part.getValue()));
        }
        return parts;
    }

    @Test
    void ofARefusedStepOnlyTheCauseIsLost() {
        try (ReplayLearner learner = learner(Method.FINE_TUNE, Inputs.NONE)) {
            Blobs blobs = seeded();
            ReplayModel model = learner.load("key", new MemoryPartStore());
            for (int i = 0; i < 10; i++) {
                Blobs.Sample sample = blobs.of(i % CLASSES);
                model.learn(i == 7 ? filled(1e6f) : sample.input(), sample.label());
            }
            assertThat(model.refused()).isEqualTo(1);
            assertThat(model.steps()).isZero();
            assertThat(model.learn(blobs.of(0).input(), "class 0")).isPresent();
            assertThat(model.steps()).isEqualTo(1);
            assertThat(model.learnedByLabel().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(10);
        }
    }

    @Test
    void aStoredSampleThatNoStepCanBeMadeWithLeavesTheMemory() {
        try (ReplayLearner learner = learner(Method.ER, Inputs.NONE)) {
            Blobs blobs = seeded();
            ReplayModel model = learner.load("key", new MemoryPartStore());
            learn(model, blobs, 10);
            // As one may lie in the memory of a model that an earlier version kept.
            ReplaySample strange =
                    new ReplaySample(filled(1e6f), 3, 10, new float[0], new float[0]);
            model.memory().offer(List.of(strange), model.remembered().state().random()::nextDouble);
            assertThat(largestStored(model)).isEqualTo(1e6f);
            learn(model, blobs, SAMPLES);

            assertThat(largestStored(model)).isLessThan(3);
            assertThat(model.refused()).isEqualTo(1);
            assertThat(model.memory().slots().size()).isGreaterThan(50);
            assertThat(accuracy(model, seeded())).isGreaterThan(0.8);
        }
    }

    private static void learn(ReplayModel model, Blobs blobs, int samples) {
        for (int i = 0; i < samples; i++) {
            Blobs.Sample sample = blobs.of(i % CLASSES);
            model.learn(sample.input(), sample.label());
        }
    }

    private static float largestStored(ReplayModel model) {
        float most = 0;
        for (int i = 0; i < model.memory().slots().size(); i++) {
            most = Math.max(most, InputForm.FLOATS.largest(model.memory().slots().get(i).input()));
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                3e38f,
                -1e12f,
                1.000001e6f
            })
    void whatIsBeyondTheBoundIsNotTaken(float value) {
        try (ReplayLearner learner = learner(Method.ER, Inputs.NONE)) {
            ReplayModel model = learner.load("key", new MemoryPartStore());

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.learn(filled(value), "class 0"))
                    .withMessage(
                            "features[0]: "
                                    + value
                                    + " is not allowed; it must be a number from -1000000 to 1000000");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_VALUE, -1e-40f, -0f})
    void numbersNextToNoughtAreNumbers(float value) {
        try (ReplayLearner learner = learner(Method.ER, Inputs.STANDARDISE)) {
            Blobs blobs = seeded();
            ReplayModel model = learn(learner, blobs, Optional.of(filled(value)));

            assertThat(model.refused()).isZero();
            assertThat(accuracy(model, seeded())).isGreaterThan(0.8);
        }
    }

    @Test
    void imagesAreNotScaled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Input(4, InputForm.BYTES, Inputs.CLIP))
                .withMessageContaining("inputs: clip is not allowed; it must be none where");
    }
}
