// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.operators.encoder.Batch;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/**
 * A head with its loss. It declares its parameters in a layout when it is made and holds none
 * itself; one objective serves all models of a task. Not thread-safe.
 *
 * @param <B> type of the batches
 */
public interface Objective<B extends Batch> {
    /** Draws initial values. */
    void initialise(float[] parameters, RestorableRandom random);

    /**
     * Computes the loss and its gradients.
     *
     * @param parameters flat parameter vector
     * @param embeddings n x d
     * @param batch the n rows with whatever the loss compares to
     * @param weight factor of this objective: both gradients are multiplied by it, the returned
     *     loss is not
     * @param embeddingGradient n x d, added to
     * @param gradient flat gradient vector, added to
     * @return the loss
     */
    double learn(
            float[] parameters,
            float[] embeddings,
            B batch,
            double weight,
            float[] embeddingGradient,
            float[] gradient);

    /** Names of the parts of its loss, for whoever watches it; one of a kind in a learner. */
    default List<String> parts() {
        return List.of("loss");
    }

    /**
     * Tells the parts of the loss that {@link #learn} gave last, without their factors.
     *
     * @param loss what it gave
     * @param values receives them
     * @param at place of the first
     */
    default void tellParts(double loss, double[] values, int at) {
        values[at] = loss;
    }

    /**
     * Names the parameters that a batch says nothing about and that no optimiser should move by
     * momentum or decay. None, unless an objective says otherwise.
     *
     * @param batch the batch last given to {@link #learn}
     * @param untouched receives the ranges
     */
    default void untouched(B batch, UntouchedRanges untouched) {}
}
