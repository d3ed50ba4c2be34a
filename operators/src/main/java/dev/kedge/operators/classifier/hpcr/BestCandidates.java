// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.replay.Retrieval;
import dev.kedge.state.replay.UniformRetrieval;
import java.util.Arrays;
import java.util.List;

/** Draws some candidates by chance and takes those of the largest scores. */
abstract class BestCandidates implements SlotChooser {
    private final Retrieval random = new UniformRetrieval();
    private final int[] candidates;
    private final double[] scores;

    BestCandidates(int count) {
        candidates = new int[count];
        scores = new double[count];
    }

    /** Adds to the scores, all 0 before, what the candidates are worth. */
    abstract void score(
            ReplayModel.Remembered model,
            List<PendingSamples.Sample> incoming,
            int[] candidates,
            int count,
            double[] scores);

    @Override
    public int choose(
            ReplayModel.Remembered model,
            List<PendingSamples.Sample> incoming,
            int wanted,
            int[] drawn) {
        int most = candidates.length;
        int count = random.draw(model.memory().slots(), most, model.uniform(), candidates);
        if (count <= wanted) {
            System.arraycopy(candidates, 0, drawn, 0, count);
            return count;
        }
        Arrays.fill(scores, 0);
        score(model, incoming, candidates, count, scores);
        return best(count, wanted, drawn);
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
