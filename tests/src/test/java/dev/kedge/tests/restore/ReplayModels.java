// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.classifier.hpcr.ReplayLearner;
import dev.kedge.operators.classifier.hpcr.ReplayModel;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.state.part.PartStore;
import java.util.List;

/** Continual classifiers behind the operator, one a key; scores and metrics are words. */
record ReplayModels(ReplaySettings settings)
        implements LiveModels<ReplayModels.Sample, String, String> {
    static final int INPUTS = 8;

    /** A labelled sample of a model. */
    record Sample(String model, byte[] input, String label) {}

    @Override
    public long eventTime(Incoming<Sample> incoming) {
        return NO_TIME;
    }

    @Override
    public Shared<Sample, String, String> open() {
        ReplayLearner learner =
                new ReplayLearner(
                        settings,
                        (layout, rows, product) ->
                                new MlpEncoder(layout, INPUTS, List.of(10, 6), rows, product),
                        new Adam(0.01),
                        Augmentation.NONE);
        return new Opened(learner);
    }

    private record Opened(ReplayLearner learner) implements Shared<Sample, String, String> {
        @Override
        public LiveModel<Sample, String, String> load(String key, PartStore store) {
            return new Live(key, learner.load(key, store));
        }

        @Override
        public void close() {
            learner.close();
        }
    }

    private record Live(String key, ReplayModel model)
            implements LiveModel<Sample, String, String> {
        @Override
        public void process(Incoming<Sample> incoming, Outlet<String, String> outlet) {
            Sample sample = incoming.event();
            outlet.score(key + " " + model.scoreThenLearn(sample.input(), sample.label(), 3));
        }

        @Override
        public void obey(Command command) {
            throw new UnsupportedOperationException("there are no commands here");
        }

        @Override
        public long bytes() {
            return model.bytes();
        }

        @Override
        public void flush(PartStore store) {
            model.flush(store);
        }
    }
}
