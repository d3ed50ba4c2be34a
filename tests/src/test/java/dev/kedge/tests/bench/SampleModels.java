// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

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
import java.util.List;

/**
 * Live models that score each sample and make one Adam step on it, with the project's own learner.
 *
 * @param inputs how many features a sample has
 * @param layers widths of the fully connected layers
 */
record SampleModels(int inputs, List<Integer> layers) implements LiveModels<Sample, Float, Float> {
    /** About 5,000 parameters. */
    static final SampleModels SMALL = new SampleModels(32, List.of(64, 44));

    /** About 1,000,000 parameters. */
    static final SampleModels LARGE = new SampleModels(256, List.of(1024, 720));

    private static final long SEED = 7;

    SampleModels {
        layers = List.copyOf(layers);
    }

    @Override
    public long eventTime(Incoming<Sample> incoming) {
        return NO_TIME;
    }

    @Override
    public Shared open() {
        return new Shared(this);
    }

    int parameters() {
        try (Shared shared = open()) {
            return shared.learner.layout().size();
        }
    }

    /** Bytes of one live model: parameters and Adam's two moments. */
    long bytes() {
        try (Shared shared = open()) {
            return shared.create("any").bytes();
        }
    }

    /** Scratch space of one task. */
    static final class Shared implements LiveModels.Shared<Sample, Float, Float> {
        private final MatrixProduct product = new MatrixProduct();
        private final LogisticHead head;
        private final Learner<LogisticHead.Row> learner;
        private final LogisticHead.Row row = new LogisticHead.Row();

        private Shared(SampleModels models) {
            Layout.Builder layout = Layout.builder();
            PerceptronEncoder encoder =
                    new PerceptronEncoder(layout, models.inputs, models.layers, product);
            head = new LogisticHead(layout, encoder.width());
            learner =
                    new Learner<>(
                            layout.build(),
                            encoder,
                            List.of(new Learner.Weighted<>(head, 1)),
                            new Adam(0.001),
                            1);
        }

        LearnerState create(String key) {
            return learner.create(RestorableRandom.seeded(SEED, key));
        }

        @Override
        public LiveModel<Sample, Float, Float> load(String key, PartStore store) {
            return new Model(this, learner.restore(store, RestorableRandom.seeded(SEED, key)));
        }

        float process(LearnerState state, Sample sample) {
            row.set(sample);
            double score = head.probability(state.parameters(), learner.embed(state, row));
            learner.learn(state, row);
            return (float) score;
        }

        @Override
        public void close() {
            product.close();
        }
    }

    private record Model(Shared shared, LearnerState state)
            implements LiveModel<Sample, Float, Float> {
        @Override
        public void process(Incoming<Sample> incoming, Outlet<Float, Float> outlet) {
            outlet.score(shared.process(state, incoming.event()));
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
