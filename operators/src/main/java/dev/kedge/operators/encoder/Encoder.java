// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.random.RestorableRandom;

/**
 * Maps a batch to embeddings and carries gradients back. An encoder declares its parameters in a
 * layout when it is made; it holds no parameters, only scratch space of the last forward pass, so
 * one encoder serves all models of a task. Not thread-safe.
 *
 * @param <B> type of the batches
 */
public interface Encoder<B extends Batch> {
    /** Width d of the embeddings. */
    int width();

    /** Draws initial values. */
    void initialise(float[] parameters, RestorableRandom random);

    /**
     * Encodes.
     *
     * @param parameters flat parameter vector
     * @param batch n rows
     * @param embeddings receives n x d, row-major
     */
    void forward(float[] parameters, B batch, float[] embeddings);

    /**
     * Carries the gradient of the last forward pass back.
     *
     * @param parameters flat parameter vector, unchanged since
     * @param batch the same batch
     * @param embeddingGradient n x d
     * @param gradient flat gradient vector, added to
     */
    void backward(float[] parameters, B batch, float[] embeddingGradient, float[] gradient);
}
