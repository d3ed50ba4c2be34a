// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.encoder.MultimodalBatch;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.ParameterSnapshot;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.part.ReadableStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of tables that rest end as those that moved all the time: compared with the same learner
 * over an encoder that does not say that it has tables.
 */
class RestingRowsTest {
    private static final int WORDS = 60;
    private static final int FIELDS = 7;
    private static final int MOST = 6;
    private static final RateSchedule COSINE =
            new RateSchedule(RateSchedule.Shape.COSINE, 20, 700, List.of(), 0.1, 0.1);

    private final MatrixProduct product = new MatrixProduct();
    private final MultimodalBatch batch = new MultimodalBatch(MOST, 1);

    @AfterEach
    void close() {
        product.close();
    }

    static Stream<Optimiser> everyOptimiserWhoseRowsCanRest() {
        return Stream.of(
                new Sgd(0.05),
                new MomentumSgd(0.02, 0.9, 0),
                new Adagrad(0.05, 1e-6),
                new Adam(0.01),
                COSINE.of(new Adam(0.01)),
                COSINE.of(new MomentumSgd(0.02, 0.9, 0)),
                new ClippedOptimiser(new Adam(0.01), 0.05));
    }

    @ParameterizedTest
    @MethodSource("everyOptimiserWhoseRowsCanRest")
    void theyMakeUpToTheBitWhatTheyRestedThrough(Optimiser optimiser) {
        Learner<MultimodalBatch> resting = learner(optimiser, true);
        Learner<MultimodalBatch> moving = learner(optimiser, false);
        LearnerState rests = resting.create(RestorableRandom.seeded(3));
        LearnerState moves = moving.create(RestorableRandom.seeded(3));
        RestorableRandom random = RestorableRandom.seeded(11);

        for (int step = 1; step <= 1500; step++) {
            // Another rate from here on, and the first again from there.
            double rate = step > 500 && step <= 650 ? 0.003 : Double.NaN;
            draw(random, step);
            assertThat(resting.learn(rests, batch, resting.optimiser(rate)))
                    .isEqualTo(moving.learn(moves, batch, moving.optimiser(rate)));
            if (step % 7 == 0) {
                draw(random, step);
                assertThat(resting.embed(rests, batch).clone())
                        .isEqualTo(moving.embed(moves, batch));
            }
        }
        resting.settle(rests);
        assertThat(rests.parameters()).isEqualTo(moves.parameters());
        assertThat(rests.slots()).isDeepEqualTo(moves.slots());
    }

    @Test
    void rowsAreNotLeftToRestWhereADecayMovesThemBeforeTheyWereLearned() {
        Learner<MultimodalBatch> decaying = learner(new Adam(0.01, 0.9, 0.999, 1e-8, 0.01), true);
        MemoryPartStore store = new MemoryPartStore();
        LearnerState state = decaying.create(RestorableRandom.seeded(3));
        draw(RestorableRandom.seeded(11), 1);
        decaying.learn(state, batch);
        state.flush(store);

        assertThat(store.parts().keySet()).noneMatch(name -> name.startsWith("learner/row/"));
        assertThat(ParameterSnapshot.read(store.get("learner/parameters").orElseThrow()).values())
                .isEqualTo(state.parameters());
    }

    /** How a model is read back. */
    enum Reading {
        WHOLE,
        BY_AND_BY
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    void aModelThatIsReadBackAgainAndAgainHasTheBytesOfOneThatNeverWas(Reading reading) {
        Learner<MultimodalBatch> learner = learner(COSINE.of(new Adam(0.01)), true);
        MemoryPartStore never = new MemoryPartStore();
        LearnerState alive = learner.create(RestorableRandom.seeded(3));
        MemoryPartStore often = new MemoryPartStore();
        LearnerState killed = learner.create(RestorableRandom.seeded(3));
        RestorableRandom events = RestorableRandom.seeded(11);
        RestorableRandom kills = RestorableRandom.seeded(12);

        for (int step = 1; step <= 400; step++) {
            // The first time before anything was learned.
            if (step == 1 || kills.nextInt(5) == 0) {
                killed.flush(often);
                PartStore read = reading == Reading.WHOLE ? often : readable(often);
                killed = learner.restore(read, RestorableRandom.seeded(3));
            }
            draw(events, step);
            float[] scored = learner.embed(alive, batch).clone();
            assertThat(learner.embed(killed, batch)).isEqualTo(scored);
            draw(events, step);
            double loss = learner.learn(alive, batch);
            assertThat(learner.learn(killed, batch)).isEqualTo(loss);
        }
        alive.flush(never);
        killed.flush(often);
        assertThat(often.parts()).containsExactlyEntriesOf(never.parts());
    }

    @Test
    void aModelWhoseTablesWereWrittenWholeGoesOnAsItWouldHave() {
        Learner<MultimodalBatch> before = learner(new Adam(0.01), false);
        Learner<MultimodalBatch> since = learner(new Adam(0.01), true);
        LearnerState old = before.create(RestorableRandom.seeded(3));
        RestorableRandom events = RestorableRandom.seeded(11);
        for (int step = 1; step <= 50; step++) {
            draw(events, step);
            before.learn(old, batch);
        }
        MemoryPartStore store = new MemoryPartStore();
        old.flush(store);

        LearnerState fresh = since.restore(store, RestorableRandom.seeded(3));
        fresh.flush(store);
        LearnerState again = since.restore(store, RestorableRandom.seeded(4));
        for (int step = 51; step <= 100; step++) {
            draw(events, step);
            assertThat(since.learn(again, batch)).isEqualTo(before.learn(old, batch));
        }
        since.settle(again);
        assertThat(again.parameters()).isEqualTo(old.parameters());
        assertThat(store.parts().keySet())
                .filteredOn(name -> name.startsWith("learner/row/"))
                .hasSize(WORDS + FIELDS);
    }

    @Test
    void aFlushWritesTheRowsThatWereNamedAndNoneThatWasNeverLearned() {
        Learner<MultimodalBatch> learner = learner(new Adam(0.01), true);
        LearnerState state = learner.create(RestorableRandom.seeded(3));
        MemoryPartStore store = new MemoryPartStore();
        batch.clear();
        batch.add(new int[] {5, 17, 5}, new int[] {2}, new float[0]);

        learner.learn(state, batch);
        state.flush(store);

        assertThat(store.parts().keySet())
                .filteredOn(name -> name.startsWith("learner/row/"))
                .containsExactly(
                        "learner/row/encoder/categories/2",
                        "learner/row/encoder/text/11",
                        "learner/row/encoder/text/5");
        List.copyOf(store.parts().keySet()).forEach(store::remove);
        batch.clear();
        batch.add(new int[] {8}, new int[0], new float[0]);
        learner.embed(state, batch);
        state.flush(store);
        assertThat(store.parts()).isEmpty();
        assertThat(state.unwritten()).isZero();
    }

    @Test
    void aRowThatTheTablesDoNotHaveIsRefused() {
        Learner<MultimodalBatch> learner = learner(new Adam(0.01), true);
        LearnerState state = learner.create(RestorableRandom.seeded(3));
        MemoryPartStore store = new MemoryPartStore();
        draw(RestorableRandom.seeded(1), 1);
        learner.learn(state, batch);
        state.flush(store);
        byte[] row = store.parts("learner/row/").values().iterator().next();
        store.put("learner/row/encoder/text/ff", row);

        assertThatThrownBy(() -> learner.restore(store, RestorableRandom.seeded(3)))
                .isInstanceOf(IncompatibleLayoutException.class)
                .hasMessage(
                        "'learner/row/encoder/text/ff' is a row that does not fit into the job's"
                                + " tables");
    }

    /** Few words are named again and again, the others once in a long while, some never. */
    private void draw(RestorableRandom random, int step) {
        batch.clear();
        int rows = 1 + random.nextInt(MOST);
        for (int row = 0; row < rows; row++) {
            int[] tokens = new int[random.nextInt(5)];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = random.nextInt(8);
            }
            if (tokens.length > 0 && random.nextInt(40) == 0) {
                tokens[0] = 8 + random.nextInt(WORDS - 20);
            }
            int[] fields = {random.nextInt(step % 300 < 20 ? FIELDS : 3)};
            batch.number(batch.add(tokens, fields, new float[0]), 0, (float) random.nextDouble());
        }
    }

    private Learner<MultimodalBatch> learner(Optimiser optimiser, boolean rest) {
        Layout.Builder layout = Layout.builder();
        MultimodalEncoder encoder =
                new MultimodalEncoder(
                        layout,
                        new MultimodalEncoder.Settings(
                                WORDS, 5, FIELDS, 3, 1, 0, Fusion.GATED, List.of(4, 3)),
                        MOST,
                        product);
        return new Learner<>(
                layout.build(),
                rest ? encoder : new WithoutTables(encoder),
                List.of(new Learner.Weighted<>(new TowardsOne(), 1)),
                optimiser,
                MOST);
    }

    /** Moves each row's embedding towards 1. */
    private static final class TowardsOne implements Objective<MultimodalBatch> {
        @Override
        public void initialise(float[] parameters, RestorableRandom random) {}

        @Override
        public double learn(
                float[] parameters,
                float[] embeddings,
                MultimodalBatch batch,
                double weight,
                float[] embeddingGradient,
                float[] gradient) {
            double loss = 0;
            int values = batch.rows() * 3;
            for (int i = 0; i < values; i++) {
                float error = embeddings[i] - 1;
                loss += 0.5 * error * error / values;
                embeddingGradient[i] += error / values;
            }
            return loss;
        }
    }

    private record WithoutTables(MultimodalEncoder base) implements Encoder<MultimodalBatch> {
        @Override
        public int width() {
            return base.width();
        }

        @Override
        public void initialise(float[] parameters, RestorableRandom random) {
            base.initialise(parameters, random);
        }

        @Override
        public void forward(float[] parameters, MultimodalBatch batch, float[] embeddings) {
            base.forward(parameters, batch, embeddings);
        }

        @Override
        public void backward(
                float[] parameters,
                MultimodalBatch batch,
                float[] embeddingGradient,
                float[] gradient) {
            base.backward(parameters, batch, embeddingGradient, gradient);
        }
    }

    private static PartStore readable(MemoryPartStore store) {
        return new ReadableStore(store) {
            @Override
            public SortedMap<String, byte[]> parts(String prefix) {
                throw new AssertionError("read row by row");
            }
        };
    }
}
