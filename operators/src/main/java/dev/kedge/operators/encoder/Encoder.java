// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/**
 * Maps a batch to embeddings and carries gradients back. An encoder declares its parameters in a
 * layout when it is made; it holds no parameters, only scratch space of the last forward pass, so
 * one encoder serves all models of a task. Not thread-safe.
 *
 * @param <B> type of the batches
 */
public interface Encoder<B extends Batch> extends AutoCloseable {
    /** Width d of the embeddings. */
    int width();

    /** Draws initial values. */
    void initialise(float[] parameters, RestorableRandom random);

    /**
     * Encodes, as a model answers: each row by itself.
     *
     * @param parameters flat parameter vector
     * @param batch n rows
     * @param embeddings receives n x d, row-major
     */
    void forward(float[] parameters, B batch, float[] embeddings);

    /**
     * Encodes, as a model learns: where there is batch normalisation, by the statistics of each
     * {@link Batch#group group} of rows. Running statistics stay as they are until {@link #follow}.
     *
     * @param parameters flat parameter vector
     * @param batch n rows
     * @param embeddings receives n x d, row-major
     */
    default void forwardToLearn(float[] parameters, B batch, float[] embeddings) {
        forward(parameters, batch, embeddings);
    }

    /** Moves the running statistics towards those of the last {@link #forwardToLearn}. */
    default void follow(float[] parameters) {}

    /** Slices of the parameter vector that are statistics: no optimiser moves them. */
    default List<Slice> statistics() {
        return List.of();
    }

    /**
     * Embedding tables: slices of which a batch uses the rows that it {@link #name names}, and has
     * a gradient for no others.
     */
    default List<Slice> tables() {
        return List.of();
    }

    /** Names the rows of the {@link #tables} that a batch uses. */
    default void name(B batch, NamedRows rows) {}

    /**
     * Carries the gradient of the last {@link #forwardToLearn} back.
     *
     * @param parameters flat parameter vector, unchanged since
     * @param batch the same batch
     * @param embeddingGradient n x d
     * @param gradient flat gradient vector, added to
     */
    void backward(float[] parameters, B batch, float[] embeddingGradient, float[] gradient);

    /** Frees what lies outside of the heap. */
    @Override
    default void close() {}
}
