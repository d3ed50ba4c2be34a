// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would make a model useless is not learned, whatever makes the step. */
class RefusedStepTest {
    private static final RateSchedule COSINE =
            new RateSchedule(RateSchedule.Shape.COSINE, 2, 10, List.of(), 0.1, 0.1);

    static Stream<Arguments> everyOptimiserAndWhatItMustNotLearn() {
        return Stream.of(
                        new Sgd(0.1),
                        new MomentumSgd(0.1, 0.9, 0.01),
                        new Adam(0.01, 0.9, 0.999, 1e-8, 0.01),
                        new Adagrad(0.1, 1e-6),
                        COSINE.of(new Adam(0.01)))
                .flatMap(
                        optimiser ->
                                Stream.of(Float.NaN, Float.POSITIVE_INFINITY, -3e38f, 1e19f, -2e6f)
                                        .map(value -> Arguments.of(optimiser, value)));
    }

    /** Its embedding is the input times a weight; beside it the mean of the inputs is followed. */
    private static final class Scaling implements Encoder<DenseBatch> {
        private final Slice weight;
        private final Slice mean;
        private float seen;

        Scaling(Layout.Builder layout) {
            weight = layout.add("encoder/weight", 1, 1);
            mean = layout.add("encoder/mean", 1, 1);
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void initialise(float[] parameters, RestorableRandom random) {
            parameters[weight.offset()] = 1;
        }

        @Override
        public void forward(float[] parameters, DenseBatch batch, float[] embeddings) {
            for (int i = 0; i < batch.rows(); i++) {
                embeddings[i] = parameters[weight.offset()] * batch.values()[i];
            }
            seen = batch.values()[0];
        }

        @Override
        public void follow(float[] parameters) {
            parameters[mean.offset()] = 0.9f * parameters[mean.offset()] + 10 * seen;
        }

        @Override
        public List<Slice> statistics() {
            return List.of(mean);
        }

        @Override
        public void backward(
                float[] parameters, DenseBatch batch, float[] embedding, float[] gradient) {
            for (int i = 0; i < batch.rows(); i++) {
                gradient[weight.offset()] += embedding[i] * batch.values()[i];
            }
        }
    }

    /** Its loss is the sum of the embeddings, or nothing at all if it does not look. */
    private record Sum(boolean looks) implements Objective<DenseBatch> {
        @Override
        public void initialise(float[] parameters, RestorableRandom random) {}

        @Override
        public double learn(
                float[] parameters,
                float[] embeddings,
                DenseBatch batch,
                double weight,
                float[] embeddingGradient,
                float[] gradient) {
            double loss = 0;
            for (int i = 0; i < batch.rows() && looks; i++) {
                loss += embeddings[i];
                embeddingGradient[i] += 1;
            }
            return loss;
        }
    }

    private static Learner<DenseBatch> learner(Optimiser optimiser, boolean looks) {
        Layout.Builder layout = Layout.builder();
        Scaling encoder = new Scaling(layout);
        return new Learner<>(
                layout.build(),
                encoder,
                List.of(new Learner.Weighted<>(new Sum(looks), 1)),
                optimiser,
                2);
    }

    private static DenseBatch rows(float... values) {
        DenseBatch batch = new DenseBatch(2, 1, InputForm.FLOATS);
        for (float value : values) {
            batch.add(InputForm.encode(new float[] {value}));
        }
        return batch;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyOptimiserAndWhatItMustNotLearn")
    void aStepThatIsRefusedLeavesEveryNumberAsItWas(Optimiser optimiser, float value) {
        Learner<DenseBatch> learner = learner(optimiser, true);
        LearnerState state = learner.create(RestorableRandom.seeded(1));
        LearnerState spared = learner.create(RestorableRandom.seeded(1));
        learner.learn(state, rows(1, 2));
        learner.learn(spared, rows(1, 2));

        assertThat(learner.learn(state, rows(1, value))).isNaN();
        assertThat(learner.learn(state, rows(value))).isNaN();

        assertThat(state.refused()).isEqualTo(2);
        assertThat(state.step()).isEqualTo(1);
        assertThat(state.parameters()).isEqualTo(spared.parameters());
        assertThat(state.slots()).isDeepEqualTo(spared.slots());

        MemoryPartStore store = new MemoryPartStore();
        state.flush(store);
        LearnerState restored = learner.restore(store, RestorableRandom.seeded(1));
        assertThat(restored.refused()).isEqualTo(2);
        double loss = learner.learn(spared, rows(3));
        assertThat(learner.learn(restored, rows(3))).isEqualTo(loss).isFinite();
        assertThat(restored.parameters()).isEqualTo(spared.parameters());
        assertThat(restored.slots()).isDeepEqualTo(spared.slots());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyOptimiserAndWhatItMustNotLearn")
    void statisticsThatWouldNotBeFiniteAreNotFollowedThoughLossAndGradientAre(
            Optimiser optimiser, float value) {
        Learner<DenseBatch> learner = learner(optimiser, false);
        LearnerState state = learner.create(RestorableRandom.seeded(1));
        learner.learn(state, rows(1));
        float[] before = state.parameters().clone();
        boolean overflows = !Float.isFinite(10 * value);

        double loss = learner.learn(state, rows(value));

        assertThat(Double.isNaN(loss)).isEqualTo(overflows);
        assertThat(state.refused()).isEqualTo(overflows ? 1 : 0);
        if (overflows) {
            assertThat(state.parameters()).isEqualTo(before);
            assertThat(learner.observe(state, rows(value))).isFalse();
            assertThat(state.parameters()).isEqualTo(before);
        }
    }
}
