// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.classifier.hpcr.ReplaySettings.Classes;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Distillation;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Input;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Memory;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.ReadOut;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Trigger;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.MomentumSgd;
import dev.kedge.operators.learner.Optimiser;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.learner.Sgd;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.replay.MemoryBound;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayModelTest {
    private static final Input INPUT = new Input(Blobs.INPUTS, InputForm.FLOATS);

    static Stream<Arguments> everyMethodAndOption() {
        ReplaySettings hpcr = settings(Method.HPCR);
        return Stream.of(
                Arguments.of("fine-tune", settings(Method.FINE_TUNE)),
                Arguments.of("er", settings(Method.ER)),
                Arguments.of("der++", settings(Method.DER_PLUS_PLUS)),
                Arguments.of("scr", settings(Method.SCR)),
                Arguments.of("pcr", settings(Method.PCR)),
                Arguments.of("hpcr", hpcr),
                Arguments.of(
                        "averaged teacher, boundary-free",
                        hpcr.with("distillation", new Distillation(Trigger.BOUNDARY_FREE, 3, 0.9))),
                Arguments.of(
                        "temperatures by class, decoupled",
                        hpcr.with("loss", decoupled())
                                .with("schedule", TemperatureSchedule.REFERENCE)
                                .with("temperature-exponent", 0.5)),
                Arguments.of("nearest mean", hpcr.with("read-out", ReadOut.NEAREST_MEAN)),
                Arguments.of(
                        "herding, interfered",
                        hpcr.with(
                                "memory",
                                memory(MemoryKind.HERDING, RetrievalKind.INTERFERED, 25))),
                Arguments.of(
                        "class-balanced, nearest",
                        settings(Method.PCR)
                                .with(
                                        "memory",
                                        memory(
                                                MemoryKind.CLASS_BALANCED,
                                                RetrievalKind.NEAREST,
                                                25))),
                Arguments.of(
                        "declared classes, bytes",
                        hpcr.with("classes", new Classes(6, List.of("class 3", "class 0")))
                                .with(
                                        "memory",
                                        new Memory(
                                                MemoryBound.ofBytes(6000),
                                                MemoryKind.RESERVOIR,
                                                RetrievalKind.CLASS_BALANCED,
                                                new ReplaySettings.Choice(10, 0.1)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyMethodAndOption")
    void aModelRestoredAfterEverySampleAnswersAndEndsWithTheSameBytes(
            String name, ReplaySettings settings) {
        Blobs blobs = new Blobs(6, 4);
        try (ReplayLearner learner = learner(settings, new Adam(0.01))) {
            MemoryPartStore whole = new MemoryPartStore();
            ReplayModel uninterrupted = learner.load("key", whole);
            MemoryPartStore store = new MemoryPartStore();
            for (int task = 0; task < 3; task++) {
                for (Blobs.Sample sample : blobs.task(task, 43)) {
                    Prediction expected =
                            uninterrupted.scoreThenLearn(sample.input(), sample.label(), 3);
                    ReplayModel restored = learner.load("key", store);
                    Prediction actual = restored.scoreThenLearn(sample.input(), sample.label(), 3);
                    restored.flush(store);

                    assertThat(actual).isEqualTo(expected);
                }
                ReplayModel restored = learner.load("key", store);
                restored.nextTask();
                restored.flush(store);
                uninterrupted.nextTask();
                uninterrupted.flush(whole);
                assertThat(readable(store)).isEqualTo(readable(whole));
            }
            assertThat(uninterrupted.steps()).isGreaterThan(10);
        }
    }

    @Test
    void scoringChangesNothing() {
        Blobs blobs = new Blobs(4, 4);
        try (ReplayLearner learner = learner(settings(Method.HPCR), new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 25).forEach(s -> model.learn(s.input(), s.label()));
            MemoryPartStore before = new MemoryPartStore();
            model.flush(before);
            Prediction first = model.score(blobs.of(0).input(), 2);
            MemoryPartStore after = new MemoryPartStore();
            model.flush(after);

            assertThat(after.parts()).isEmpty();
            assertThat(first.ranked()).hasSize(2);
            assertThat(first.ranked().get(0).probability())
                    .isGreaterThanOrEqualTo(first.ranked().get(1).probability());
        }
    }

    @Test
    void replayKeepsWhatFineTuningForgets() {
        double fineTuned = endAccuracy(settings(Method.FINE_TUNE));

        assertThat(fineTuned).isCloseTo(0.25, within(0.05));
        for (Method method : List.of(Method.ER, Method.DER_PLUS_PLUS, Method.SCR, Method.PCR)) {
            assertThat(endAccuracy(settings(method))).as("%s", method).isGreaterThan(0.7);
        }
        assertThat(endAccuracy(settings(Method.HPCR))).isGreaterThan(0.7);
    }

    @Test
    void everyRetrievalAndReadOutLearns() {
        for (RetrievalKind retrieval : RetrievalKind.values()) {
            ReplaySettings settings =
                    settings(Method.PCR)
                            .with("memory", memory(MemoryKind.CLASS_BALANCED, retrieval, 30));
            assertThat(endAccuracy(settings)).as("%s", retrieval).isGreaterThan(0.7);
        }
        assertThat(endAccuracy(settings(Method.HPCR).with("read-out", ReadOut.NEAREST_MEAN)))
                .isGreaterThan(0.7);
    }

    @Test
    void theFirstBatchFillsTheMemoryAndTeachesNothing() {
        Blobs blobs = new Blobs(4, 4);
        try (ReplayLearner learner = learner(settings(Method.HPCR), new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            assertThat(model.score(blobs.of(0).input(), 2).ranked()).isEmpty();
            blobs.task(0, 10).forEach(s -> model.learn(s.input(), s.label()));

            assertThat(model.steps()).isZero();
            assertThat(model.memory().slots().size()).isEqualTo(10);
            blobs.task(0, 10).forEach(s -> model.learn(s.input(), s.label()));
            assertThat(model.steps()).isEqualTo(1);
        }
    }

    @Test
    void theBoundaryFreeTriggerWaitsForAnOldClassToBeAbsent() {
        ReplaySettings off =
                settings(Method.HPCR).with("distillation", new Distillation(Trigger.OFF, 0, 0.9));
        ReplaySettings free =
                settings(Method.HPCR)
                        .with("distillation", new Distillation(Trigger.BOUNDARY_FREE, 5, 0.9));
        Blobs blobs = new Blobs(4, 4);
        List<Blobs.Sample> first = blobs.task(0, 80);
        List<Blobs.Sample> second = blobs.task(1, 20);
        try (ReplayLearner without = learner(off, new Sgd(0.1));
                ReplayLearner with = learner(free, new Sgd(0.1))) {
            ReplayModel a = without.load("key", new MemoryPartStore());
            ReplayModel b = with.load("key", new MemoryPartStore());
            first.forEach(s -> a.learn(s.input(), s.label()));
            first.forEach(s -> b.learn(s.input(), s.label()));
            assertThat(b.remembered().state().parameters())
                    .isEqualTo(a.remembered().state().parameters());

            second.forEach(s -> a.learn(s.input(), s.label()));
            second.forEach(s -> b.learn(s.input(), s.label()));
            assertThat(
                            Arrays.equals(
                                    b.remembered().state().parameters(),
                                    a.remembered().state().parameters()))
                    .isFalse();
        }
    }

    @Test
    void anOptimiserWithMomentumDoesNotMoveTheProxyOfAnAbsentClass() {
        Blobs blobs = new Blobs(4, 4);
        ReplaySettings ring =
                settings(Method.HPCR)
                        .with(
                                "memory",
                                new Memory(
                                        MemoryBound.ofSamples(4),
                                        MemoryKind.RESERVOIR,
                                        RetrievalKind.RANDOM,
                                        new ReplaySettings.Choice(10, 0.1)));
        try (ReplayLearner learner = learner(ring, new Adam(0.01, 0.9, 0.999, 1e-8, 0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 100).forEach(s -> model.learn(s.input(), s.label()));
            int c = model.remembered().classes().index("class 0");
            model.memory().forget(c);
            float[] before = proxy(learner, model, c);
            for (int i = 0; i < 100; i++) {
                Blobs.Sample sample = blobs.of(1);
                model.learn(sample.input(), sample.label());
            }

            assertThat(proxy(learner, model, c)).containsExactly(before);
            int other = model.remembered().classes().index("class 1");
            float[] moving = proxy(learner, model, other);
            blobs.task(0, 20).forEach(s -> model.learn(s.input(), s.label()));
            assertThat(proxy(learner, model, c)).isNotEqualTo(before);
            assertThat(proxy(learner, model, other)).isNotEqualTo(moving);
        }
    }

    @Test
    void theClassifierOfAnAbsentClassRestsIfTheSoftmaxRunsOverPresentClassesOnly() {
        Blobs blobs = new Blobs(4, 4);
        ReplaySettings present =
                settings(Method.ER)
                        .with("baselines", new ReplaySettings.Baselines(0.07, 8, 0.1, 0.5, true));
        try (ReplayLearner learner = learner(present, new MomentumSgd(0.1, 0.9, 0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 100).forEach(s -> model.learn(s.input(), s.label()));
            int c = model.remembered().classes().index("class 0");
            model.memory().forget(c);
            float[] before = row(learner, model, "linear/weight", c);
            for (int i = 0; i < 50; i++) {
                Blobs.Sample sample = blobs.of(1);
                model.learn(sample.input(), sample.label());
            }

            assertThat(row(learner, model, "linear/weight", c)).containsExactly(before);
        }
    }

    @Test
    void theRateFollowsTheStepsThatAModelHasMadeEvenIfItIsRestored() {
        RateSchedule schedule =
                new RateSchedule(RateSchedule.Shape.MILESTONES, 3, 1, List.of(4L, 8L), 0.3, 0);
        Optimiser scheduled = schedule.of(new MomentumSgd(0.1, 0.5, 0.001));
        Blobs blobs = new Blobs(4, 4);
        List<Blobs.Sample> samples = blobs.task(0, 150);
        try (ReplayLearner whole = learner(settings(Method.HPCR), scheduled);
                ReplayLearner constant =
                        learner(settings(Method.HPCR), new MomentumSgd(0.1, 0.5, 0.001))) {
            ReplayModel uninterrupted = whole.load("key", new MemoryPartStore());
            samples.forEach(s -> uninterrupted.learn(s.input(), s.label()));
            ReplayModel unscheduled = constant.load("key", new MemoryPartStore());
            samples.forEach(s -> unscheduled.learn(s.input(), s.label()));
            MemoryPartStore store = new MemoryPartStore();
            for (Blobs.Sample sample : samples) {
                ReplayModel restored = whole.load("key", store);
                restored.learn(sample.input(), sample.label());
                restored.flush(store);
            }
            MemoryPartStore expected = new MemoryPartStore();
            uninterrupted.flush(expected);

            assertThat(readable(store)).isEqualTo(readable(expected));
            assertThat(
                            Arrays.equals(
                                    unscheduled.remembered().state().parameters(),
                                    uninterrupted.remembered().state().parameters()))
                    .isFalse();
        }
    }

    @Test
    void hpcrWithItsThreeComponentsOffIsPcr() {
        HpcrLoss.Settings plain = HpcrLoss.Settings.REFERENCE.withoutDistillation();
        ReplaySettings off =
                settings(Method.HPCR)
                        .with("loss", plain)
                        .with("schedule", TemperatureSchedule.CONSTANT)
                        .with("temperature-exponent", 0)
                        .with("distillation", new Distillation(Trigger.OFF, 0, 0));

        assertThat(parametersAfter(off)).isEqualTo(parametersAfter(settings(Method.PCR)));
    }

    @Test
    void eachComponentOfHpcrChangesWhatIsLearned() {
        float[] whole = parametersAfter(settings(Method.HPCR));
        HpcrLoss.Settings reference = HpcrLoss.Settings.REFERENCE;
        HpcrLoss.Settings pairs =
                new HpcrLoss.Settings(
                        0.09,
                        0.09,
                        HpcrLoss.Pairs.ONE,
                        0,
                        0.1,
                        0.5,
                        ProxyDistillation.Unknown.MASK,
                        false);
        TemperatureSchedule schedule = TemperatureSchedule.REFERENCE;
        List<ReplaySettings> ablations =
                List.of(
                        settings(Method.HPCR)
                                .with("loss", pairs)
                                .with("schedule", schedule)
                                .with("temperature-exponent", 0),
                        settings(Method.HPCR)
                                .with("loss", reference)
                                .with("schedule", TemperatureSchedule.CONSTANT)
                                .with("temperature-exponent", 0),
                        settings(Method.HPCR)
                                .with("loss", reference.withDistillation(0, 0.5))
                                .with("schedule", schedule)
                                .with("temperature-exponent", 0),
                        settings(Method.HPCR)
                                .with("loss", reference.withDistillation(0.1, 0))
                                .with("schedule", schedule)
                                .with("temperature-exponent", 0));

        assertThat(ablations)
                .allSatisfy(s -> assertThat(Arrays.equals(parametersAfter(s), whole)).isFalse());
    }

    private static float[] parametersAfter(ReplaySettings settings) {
        Blobs blobs = new Blobs(4, 4);
        try (ReplayLearner learner = learner(settings, new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 60).forEach(s -> model.learn(s.input(), s.label()));
            model.nextTask();
            blobs.task(1, 60).forEach(s -> model.learn(s.input(), s.label()));
            return model.remembered().state().parameters();
        }
    }

    @Test
    void embeddingsAreThoseOfTheEncoderInTheOrderOfTheInputs() {
        Blobs blobs = new Blobs(4, 4);
        try (ReplayLearner learner = learner(settings(Method.PCR), new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 40).forEach(s -> model.learn(s.input(), s.label()));
            List<byte[]> inputs = blobs.test(20).stream().map(Blobs.Sample::input).toList();
            float[] all = model.embeddings(inputs);
            int last = inputs.size() - 1;
            float[] one = model.embeddings(inputs.subList(last, last + 1));

            assertThat(model.width()).isEqualTo(16);
            assertThat(all).hasSize(inputs.size() * 16);
            assertThat(Arrays.copyOfRange(all, last * 16, last * 16 + 16))
                    .containsExactly(one, within(1e-5f));
        }
    }

    private static float[] row(ReplayLearner learner, ReplayModel model, String part, int c) {
        Slice slice = learner.learner().layout().slice(part);
        int at = slice.offset() + c * slice.columns();
        return Arrays.copyOfRange(
                model.remembered().state().parameters(), at, at + slice.columns());
    }

    private static float[] proxy(ReplayLearner learner, ReplayModel model, int c) {
        return row(learner, model, "hpcr/proxies", c);
    }

    @Test
    void onlyTheAugmentedViewIsAugmented() {
        AtomicInteger views = new AtomicInteger();
        Augmentation counting =
                (input, random) -> {
                    views.incrementAndGet();
                    return input;
                };
        Blobs blobs = new Blobs(2, 4);
        try (ReplayLearner learner =
                new ReplayLearner(
                        settings(Method.PCR), ReplayModelTest::encoder, new Sgd(0.1), counting)) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 20).forEach(s -> model.learn(s.input(), s.label()));
        }

        assertThat(views).hasValue(10 + 20);
    }

    @Test
    void aForgottenClassIsNoAnswerAnyMore() {
        Blobs blobs = new Blobs(4, 4);
        MemoryPartStore store = new MemoryPartStore();
        try (ReplayLearner learner = learner(settings(Method.HPCR), new Sgd(0.1))) {
            ReplayModel model = learner.load("key", store);
            blobs.task(0, 60).forEach(s -> model.learn(s.input(), s.label()));
            byte[] zero = blobs.of(0).input();
            assertThat(model.classify(List.of(zero))).containsExactly("class 0");
            int index = model.remembered().classes().index("class 0");
            model.forget("class 0");
            model.flush(store);
            ReplayModel restored = learner.load("key", store);

            assertThat(restored.classify(List.of(zero))).containsExactly("class 1");
            assertThat(restored.memory().slots().count(index)).isZero();
            blobs.task(0, 60).forEach(s -> restored.learn(s.input(), s.label()));
            assertThat(restored.classify(List.of(zero))).containsExactly("class 0");
        }
    }

    @Test
    void aShortBatchIsLearnedOnRequest() {
        Blobs blobs = new Blobs(2, 4);
        try (ReplayLearner learner = learner(settings(Method.HPCR), new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 13).forEach(s -> model.learn(s.input(), s.label()));

            assertThat(model.learnPending()).isPresent();
            assertThat(model.steps()).isEqualTo(1);
            assertThat(model.learnPending()).isEmpty();
        }
    }

    @Test
    void refusesAClassForWhichThereIsNoRoom() {
        Blobs blobs = new Blobs(4, 4);
        ReplaySettings two = settings(Method.PCR).with("classes", new Classes(2, List.of()));
        try (ReplayLearner learner = learner(two, new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            blobs.task(0, 10).forEach(s -> model.learn(s.input(), s.label()));

            assertThat(model.accepts("class 2")).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.learn(blobs.of(2).input(), "class 2"))
                    .withMessageContaining("'class 2'")
                    .withMessageContaining("classes.most is 2");
        }
    }

    @Test
    void refusesAnInputOfAnotherSize() {
        try (ReplayLearner learner = learner(settings(Method.PCR), new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.learn(new byte[7], "a"))
                    .withMessageContaining("7 bytes")
                    .withMessageContaining("48");
        }
    }

    @Test
    void refusesSettingsThatDoNotBelongTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Method.SCR).with("read-out", ReadOut.CLASSIFIER))
                .withMessageContaining("read-out: CLASSIFIER");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Method.HPCR).with("distillation.averaging", 1.0))
                .withMessageContaining("distillation.averaging: 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Method.HPCR).with("steps.views", 3))
                .withMessageContaining("views: 3");
    }

    private static double endAccuracy(ReplaySettings settings) {
        Blobs blobs = new Blobs(8, 7);
        try (ReplayLearner learner = learner(settings, new Sgd(0.1))) {
            ReplayModel model = learner.load("key", new MemoryPartStore());
            for (int task = 0; task < 4; task++) {
                blobs.task(task, 400).forEach(s -> model.learn(s.input(), s.label()));
                model.nextTask();
            }
            List<Blobs.Sample> test = blobs.test(25);
            List<String> answers = model.classify(test.stream().map(Blobs.Sample::input).toList());
            int right = 0;
            for (int i = 0; i < test.size(); i++) {
                right += test.get(i).label().equals(answers.get(i)) ? 1 : 0;
            }
            return right / (double) test.size();
        }
    }

    private static ReplaySettings settings(Method method) {
        return ReplaySettings.of(method, INPUT, 8, 60, 5);
    }

    private static Memory memory(MemoryKind kind, RetrievalKind retrieval, int candidates) {
        return new Memory(
                MemoryBound.ofSamples(60),
                kind,
                retrieval,
                new ReplaySettings.Choice(candidates, 0.1));
    }

    private static HpcrLoss.Settings decoupled() {
        return new HpcrLoss.Settings(
                0.09, 0.09, HpcrLoss.Pairs.OFF, 0, 0.1, 0.5, ProxyDistillation.Unknown.ZERO, true);
    }

    private static ReplayLearner learner(ReplaySettings settings, Optimiser optimiser) {
        return new ReplayLearner(settings, ReplayModelTest::encoder, optimiser, Augmentation.NONE);
    }

    private static MlpEncoder encoder(Layout.Builder layout, int maxRows, MatrixProduct product) {
        return new MlpEncoder(layout, Blobs.INPUTS, List.of(24, 16), maxRows, product);
    }

    private static SortedMap<String, String> readable(MemoryPartStore store) {
        SortedMap<String, String> parts = new TreeMap<>();
        store.parts().forEach((name, bytes) -> parts.put(name, HexFormat.of().formatHex(bytes)));
        return parts;
    }
}
