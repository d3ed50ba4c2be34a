// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.LearnerState;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.part.PartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A learner with some objectives over one encoder; the score is the loss before the step.
 *
 * @param heads its objectives
 */
record GrowingModels(List<Head> heads) implements LiveModels<ReplayModels.Sample, Double, Double> {
    private static final int WIDTH = 6;

    /** An objective by name with its number of outputs. */
    record Head(String name, int outputs) implements java.io.Serializable {}

    @Override
    public long eventTime(Incoming<ReplayModels.Sample> incoming) {
        return NO_TIME;
    }

    @Override
    public Shared<ReplayModels.Sample, Double, Double> open() {
        MatrixProduct product = new MatrixProduct();
        Layout.Builder layout = Layout.builder();
        MlpEncoder encoder =
                new MlpEncoder(layout, ReplayModels.INPUTS, List.of(WIDTH), 1, product);
        List<Learner.Weighted<DenseBatch>> objectives = new ArrayList<>();
        for (Head head : heads) {
            objectives.add(
                    new Learner.Weighted<>(
                            new LeastSquares(layout, head.name(), WIDTH, head.outputs()), 1));
        }
        return new Opened(
                product,
                new Learner<>(layout.build(), encoder, objectives, new Adam(0.01), 1),
                new DenseBatch(1, ReplayModels.INPUTS, InputForm.FLOATS));
    }

    private record Opened(MatrixProduct product, Learner<DenseBatch> learner, DenseBatch batch)
            implements Shared<ReplayModels.Sample, Double, Double> {
        @Override
        public LiveModel<ReplayModels.Sample, Double, Double> load(String key, PartStore store) {
            return new Live(this, learner.restore(store, RestorableRandom.seeded(1, key)));
        }

        @Override
        public void close() {
            product.close();
        }
    }

    private record Live(Opened shared, LearnerState state)
            implements LiveModel<ReplayModels.Sample, Double, Double> {
        @Override
        public void process(Incoming<ReplayModels.Sample> incoming, Outlet<Double, Double> outlet) {
            shared.batch().clear();
            shared.batch().add(incoming.event().input());
            outlet.score(shared.learner().learn(state, shared.batch()));
        }

        @Override
        public void obey(Command command) {
            throw new UnsupportedOperationException("there are no commands here");
        }

        @Override
        public long bytes() {
            return state.bytes();
        }

        @Override
        public void flush(PartStore store) {
            state.flush(store);
        }
    }
}
