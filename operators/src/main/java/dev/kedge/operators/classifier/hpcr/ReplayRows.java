// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.replay.ReplaySample;
import java.util.List;

/** Fills a task's scratch rows with what a model has. */
final class ReplayRows {
    private final ReplayLearner shared;
    private final ReplaySettings settings;

    ReplayRows(ReplayLearner shared) {
        this.shared = shared;
        this.settings = shared.settings();
    }

    /** No rows, scaled as a model scales them. */
    ReplayBatch empty(ReplayModel.Remembered model) {
        ReplayBatch batch = shared.batch();
        batch.scale(model.moments());
        batch.clear();
        return batch;
    }

    /** Inputs without labels. */
    ReplayBatch inputs(ReplayModel.Remembered model, List<byte[]> inputs) {
        ReplayBatch batch = empty(model);
        inputs.forEach(batch::add);
        return batch;
    }

    /** No rows, but what is known of the classes. */
    ReplayBatch prepared(ReplayModel.Remembered model) {
        ReplayBatch batch = empty(model);
        ClassTable classes = model.classes();
        double temperature = settings.loss().temperature();
        double exponent = settings.temperatureExponent();
        batch.classes(classes.size(), temperature);
        double mean = classes.meanLearned();
        for (int c = 0; c < classes.size(); c++) {
            if (classes.forgotten(c)) {
                batch.exclude(c);
            } else if (exponent != 0 && classes.seen(c)) {
                double factor = Math.pow(classes.learned(c) / mean, exponent);
                batch.temperature(c, temperature * Math.min(2, Math.max(0.5, factor)));
            }
        }
        return batch;
    }

    /** The plain view of the incoming samples, a step of their own. */
    ReplayBatch incoming(ReplayModel.Remembered model, List<PendingSamples.Sample> incoming) {
        ReplayBatch batch = prepared(model);
        batch.step(1, false);
        batch.learnAlone();
        for (PendingSamples.Sample sample : incoming) {
            batch.add(sample.input(), sample.label());
        }
        return batch;
    }

    /** The plain view of stored samples. */
    ReplayBatch stored(ReplayModel.Remembered model, int[] slots, int count) {
        ReplayBatch batch = prepared(model);
        for (int i = 0; i < count; i++) {
            ReplaySample sample = model.memory().slots().get(slots[i]);
            batch.add(sample.input(), sample.label());
        }
        return batch;
    }
}
