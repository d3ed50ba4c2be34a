// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import dev.kedge.operators.learner.Objective;
import dev.kedge.state.random.RestorableRandom;

/**
 * An objective over classes that appear one by one. Its layout has room for the most classes there
 * may be; a class has parameters from the moment it {@link #appear appears}.
 */
public interface ReplayObjective extends Objective<ReplayBatch> {
    /** Draws the initial values of a class's parameters. */
    void appear(float[] parameters, int c, RestorableRandom random);

    /** Copies a class's parameters. */
    void copy(float[] from, float[] to, int c);

    /** Wipes out a class's parameters. */
    void forget(float[] parameters, int c);

    /** Whether a step without anything replayed teaches something. */
    boolean learnsWithoutReplay();

    /**
     * Computes logits of embeddings.
     *
     * @param embeddings rows x d
     * @param classes how many classes have appeared
     * @return rows x classes, valid until the next call of this or of {@link #learn}
     */
    double[] logits(float[] parameters, float[] embeddings, int rows, int classes);

    /** Logits of the rows last given to {@link #learn}, before the step: rows x classes. */
    double[] logits();
}
