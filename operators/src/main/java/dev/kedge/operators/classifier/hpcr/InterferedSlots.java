// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import java.util.List;

/**
 * Maximally interfered retrieval (Aljundi et al., NeurIPS 2019): of some candidates, those whose
 * cross entropy rises most if a plain step on the incoming rows were made.
 */
final class InterferedSlots extends BestCandidates {
    private final ReplayLearner shared;

    InterferedSlots(ReplayLearner shared) {
        super(shared.settings().memory().choice().candidates());
        this.shared = shared;
    }

    @Override
    void score(
            ReplayModel.Remembered model,
            List<PendingSamples.Sample> incoming,
            int[] candidates,
            int count,
            double[] scores) {
        float[] ahead = new float[model.state().parameters().length];
        ReplayBatch batch = shared.rows().incoming(model, incoming);
        double rate = shared.settings().memory().choice().lookAhead();
        shared.learner().lookAhead(model.state(), batch, rate, ahead);
        shared.rows().stored(model, candidates, count);
        int classes = model.classes().size();
        addLosses(model.state().parameters(), classes, count, -1, scores);
        addLosses(ahead, classes, count, 1, scores);
    }

    private void addLosses(
            float[] parameters, int classes, int count, double factor, double[] scores) {
        ReplayBatch batch = shared.batch();
        float[] embeddings = shared.learner().embed(parameters, batch);
        double[] logits = shared.objective().logits(parameters, embeddings, count, classes);
        for (int i = 0; i < count; i++) {
            double logSum = CrossEntropy.logSum(logits, i * classes, classes, batch.known());
            scores[i] += factor * (logSum - logits[i * classes + batch.labels()[i]]);
        }
    }
}
