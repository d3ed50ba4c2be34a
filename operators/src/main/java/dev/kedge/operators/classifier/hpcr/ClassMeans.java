// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.replay.ReplaySample;
import dev.kedge.state.replay.ReplaySlots;
import java.util.Arrays;

/**
 * Mean direction of each class's stored samples as the model encodes them now (Rebuffi et al.,
 * iCaRL, CVPR 2017; SCR). Computed when asked for and kept until the model has changed; not part of
 * the state. A class without stored samples has none.
 */
final class ClassMeans {
    private final ReplayLearner shared;
    private double[] means = new double[0];
    private boolean[] defined = new boolean[0];
    private boolean stale = true;

    ClassMeans(ReplayLearner shared) {
        this.shared = shared;
    }

    /** Forgets everything: the model has changed. */
    void invalidate() {
        stale = true;
    }

    /** Computes the means if the model has changed. Uses the learner's scratch rows. */
    void refresh(ReplayModel.Remembered model) {
        if (stale) {
            compute(model);
            stale = false;
        }
    }

    boolean defined(int c) {
        return defined[c];
    }

    /** Cosine of a direction with a class's mean. */
    double cosine(double[] units, int at, int c) {
        int width = shared.learner().width();
        return Vectors.dot(units, at, means, c * width, width);
    }

    private void compute(ReplayModel.Remembered model) {
        int width = shared.learner().width();
        int classes = model.classes().size();
        means = new double[classes * width];
        defined = new boolean[classes];
        ReplaySlots slots = model.memory().slots();
        for (int from = 0; from < slots.size(); from += ReplayLearner.SCORED) {
            add(model, from, Math.min(slots.size(), from + ReplayLearner.SCORED));
        }
        UnitRows normalised = new UnitRows(classes, width, UnitRows.Guard.FLOOR);
        normalised.normalise(means, classes);
        means = Arrays.copyOf(normalised.units(), classes * width);
    }

    private void add(ReplayModel.Remembered model, int from, int to) {
        int width = shared.learner().width();
        ReplayBatch batch = shared.rows().empty(model);
        for (int slot = from; slot < to; slot++) {
            ReplaySample sample = model.memory().slots().get(slot);
            batch.add(sample.input(), sample.label());
        }
        double[] units = shared.directions(model, to - from);
        for (int i = 0; i < to - from; i++) {
            int c = batch.labels()[i];
            defined[c] = true;
            Vectors.addScaled(1, units, i * width, means, c * width, width);
        }
    }
}
