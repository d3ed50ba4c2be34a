// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.tracker.ctvis.PseudoClips;
import dev.kedge.operators.tracker.ctvis.TrackedFrame;
import dev.kedge.operators.tracker.ctvis.TrackingLearner;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.part.PartStore;
import java.util.List;

/** Tracking models behind the operator, one a key; scores and metrics are words. */
record TrackingModels(TrackingSettings settings)
        implements LiveModels<TrackingModels.Seen, String, String> {
    static final int INPUTS = 6;

    /** A frame of a model. */
    record Seen(String model, VideoFrame frame) {}

    @Override
    public long eventTime(Incoming<Seen> incoming) {
        return NO_TIME;
    }

    @Override
    public Shared<Seen, String, String> open() {
        TrackingLearner learner =
                new TrackingLearner(
                        settings,
                        (layout, rows, product) ->
                                new MlpEncoder(layout, INPUTS, List.of(10, 8), rows, product),
                        new Adam(0.01),
                        PseudoClips.ofFeatures(0.1, 0.1));
        return new Opened(learner);
    }

    private record Opened(TrackingLearner learner) implements Shared<Seen, String, String> {
        @Override
        public LiveModel<Seen, String, String> load(String key, PartStore store) {
            return new Live(key, learner.load(key, store));
        }

        @Override
        public void close() {
            learner.close();
        }
    }

    private record Live(String key, TrackingModel model)
            implements LiveModel<Seen, String, String> {
        @Override
        public void process(Incoming<Seen> incoming, Outlet<String, String> outlet) {
            TrackedFrame tracked = model.trackThenLearn(incoming.event().frame());
            outlet.score(key + " " + tracked);
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
