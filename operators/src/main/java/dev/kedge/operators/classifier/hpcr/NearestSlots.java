// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.replay.BalancedRetrieval;
import dev.kedge.state.replay.Retrieval;
import java.util.Arrays;
import java.util.List;

/**
 * Nearest retrieval (after Shim et al., ASER, AAAI 2021): of some candidates, those that are worth
 * most to the memory's own answers by nearest neighbours, and least to those for the incoming rows,
 * which they contradict.
 */
final class NearestSlots extends BestCandidates {
    private static final int NEIGHBOURS = 3;

    private final ReplayLearner shared;
    private final Retrieval balanced = new BalancedRetrieval();
    private final NeighbourValue value = new NeighbourValue(NEIGHBOURS);
    private final int[] judges;

    NearestSlots(ReplayLearner shared) {
        super(shared.settings().memory().choice().candidates());
        this.shared = shared;
        judges = new int[shared.settings().memory().choice().candidates()];
    }

    @Override
    void score(
            ReplayModel.Remembered model,
            List<PendingSamples.Sample> incoming,
            int[] candidates,
            int count,
            double[] scores) {
        int judging = balanced.draw(model.memory().slots(), judges.length, model.uniform(), judges);
        shared.rows().stored(model, candidates, count);
        double[] rows = shared.directions(model, count);
        int[] labels = Arrays.copyOf(shared.batch().labels(), count);
        shared.rows().stored(model, judges, judging);
        addValues(shared.directions(model, judging), rows, labels, 1.0 / judging, scores);
        shared.rows().incoming(model, incoming);
        int came = incoming.size();
        addValues(shared.directions(model, came), rows, labels, -1.0 / came, scores);
    }

    private void addValues(
            double[] judge, double[] rows, int[] labels, double factor, double[] scores) {
        int width = shared.learner().width();
        double[] likeness = new double[labels.length];
        for (int j = 0; j < judge.length / width; j++) {
            for (int i = 0; i < labels.length; i++) {
                likeness[i] = Vectors.dot(rows, i * width, judge, j * width, width);
            }
            int label = shared.batch().labels()[j];
            value.add(likeness, labels, labels.length, label, factor, scores);
        }
    }
}
