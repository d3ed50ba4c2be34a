// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.learner.LearnerState;
import dev.kedge.state.replay.BalancedRetrieval;
import dev.kedge.state.replay.ReplaySample;
import dev.kedge.state.replay.ReplaySlots;
import dev.kedge.state.replay.Retrieval;
import dev.kedge.state.replay.UniformRetrieval;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Chooses what is shown again. Maximally interfered retrieval (Aljundi et al., NeurIPS 2019) takes,
 * of some candidates, those whose cross entropy rises most if a plain step on the incoming rows
 * were made. Nearest retrieval (after Shim et al., ASER, AAAI 2021) takes those that are worth most
 * to the memory's own answers by nearest neighbours, and least to those for the incoming rows,
 * which they contradict. Scratch space of one task.
 */
final class SlotChooser {
    private static final int NEIGHBOURS = 3;

    private final ReplayLearner shared;
    private final Retrieval random = new UniformRetrieval();
    private final Retrieval balanced = new BalancedRetrieval();
    private final NeighbourValue value = new NeighbourValue(NEIGHBOURS);
    private final int[] candidates;
    private final int[] judges;
    private final double[] scores;

    SlotChooser(ReplayLearner shared) {
        this.shared = shared;
        int count = shared.settings().memory().choice().candidates();
        candidates = new int[count];
        judges = new int[count];
        scores = new double[count];
    }

    /** Draws at most {@code wanted} slots, none twice; returns how many. */
    int choose(ReplayModel model, List<PendingSamples.Sample> incoming, int wanted, int[] drawn) {
        ReplaySlots slots = model.memory().slots();
        DoubleSupplier uniform = model.state().random()::nextDouble;
        return switch (shared.settings().memory().retrieval()) {
            case RANDOM -> random.draw(slots, wanted, uniform, drawn);
            case CLASS_BALANCED -> balanced.draw(slots, wanted, uniform, drawn);
            case INTERFERED -> interfered(model, incoming, wanted, uniform, drawn);
            case NEAREST -> nearest(model, incoming, wanted, uniform, drawn);
        };
    }

    private int interfered(
            ReplayModel model,
            List<PendingSamples.Sample> incoming,
            int wanted,
            DoubleSupplier uniform,
            int[] drawn) {
        ReplaySlots slots = model.memory().slots();
        int count = random.draw(slots, candidates.length, uniform, candidates);
        if (count <= wanted) {
            return take(count, drawn);
        }
        LearnerState state = model.state();
        float[] ahead = new float[state.parameters().length];
        model.fillIncoming(incoming);
        double rate = shared.settings().memory().choice().lookAhead();
        shared.learner().lookAhead(state, shared.batch(), rate, ahead);
        fill(model, candidates, count);
        Arrays.fill(scores, 0);
        addLosses(model, state.parameters(), count, -1);
        addLosses(model, ahead, count, 1);
        return best(count, wanted, drawn);
    }

    private void addLosses(ReplayModel model, float[] parameters, int count, double factor) {
        int classes = model.classes().size();
        float[] embeddings = shared.learner().embed(parameters, shared.batch());
        double[] logits = shared.objective().logits(parameters, embeddings, count, classes);
        boolean[] known = shared.batch().known();
        int[] labels = shared.batch().labels();
        for (int i = 0; i < count; i++) {
            double logSum = CrossEntropy.logSum(logits, i * classes, classes, known);
            scores[i] += factor * (logSum - logits[i * classes + labels[i]]);
        }
    }

    private int nearest(
            ReplayModel model,
            List<PendingSamples.Sample> incoming,
            int wanted,
            DoubleSupplier uniform,
            int[] drawn) {
        ReplaySlots slots = model.memory().slots();
        int count = random.draw(slots, candidates.length, uniform, candidates);
        if (count <= wanted) {
            return take(count, drawn);
        }
        int judging = balanced.draw(slots, judges.length, uniform, judges);
        fill(model, candidates, count);
        double[] rows = directions(model, count);
        int[] labels = Arrays.copyOf(shared.batch().labels(), count);
        Arrays.fill(scores, 0);
        fill(model, judges, judging);
        addValues(model, rows, labels, judging, 1.0 / judging);
        model.fillIncoming(incoming);
        addValues(model, rows, labels, incoming.size(), -1.0 / incoming.size());
        return best(count, wanted, drawn);
    }

    private void addValues(ReplayModel model, double[] rows, int[] labels, int judging, double f) {
        int width = shared.learner().width();
        double[] judge = directions(model, judging);
        double[] likeness = new double[labels.length];
        for (int j = 0; j < judging; j++) {
            for (int i = 0; i < labels.length; i++) {
                likeness[i] = Vectors.dot(rows, i * width, judge, j * width, width);
            }
            int label = shared.batch().labels()[j];
            value.add(likeness, labels, labels.length, label, f, scores);
        }
    }

    double[] directions(ReplayModel model, int count) {
        int width = shared.learner().width();
        float[] embeddings = shared.learner().embed(model.state(), shared.batch());
        double[] wide = new double[count * width];
        Widening.widen(embeddings, 0, wide, wide.length);
        UnitRows units = new UnitRows(count, width, UnitRows.Guard.ADDED);
        units.normalise(wide, count);
        return units.units();
    }

    private void fill(ReplayModel model, int[] chosen, int count) {
        ReplayBatch batch = shared.batch();
        batch.clear();
        model.prepare(batch);
        for (int i = 0; i < count; i++) {
            ReplaySample sample = model.memory().slots().get(chosen[i]);
            batch.add(sample.input(), sample.label());
        }
    }

    private int take(int count, int[] drawn) {
        System.arraycopy(candidates, 0, drawn, 0, count);
        return count;
    }

    /** The candidates of largest scores; of equals, the earlier. */
    private int best(int count, int wanted, int[] drawn) {
        for (int n = 0; n < wanted; n++) {
            int best = 0;
            for (int i = 1; i < count; i++) {
                if (scores[i] > scores[best]) {
                    best = i;
                }
            }
            drawn[n] = candidates[best];
            scores[best] = Double.NEGATIVE_INFINITY;
        }
        return wanted;
    }
}
