// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.random.RestorableRandom;

/** Rows as they are: for features that were made elsewhere. Has no parameters. */
public final class IdentityEncoder implements Encoder<DenseBatch> {
    private final int width;

    /** For rows of {@code width} values. */
    public IdentityEncoder(int width) {
        this.width = width;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {}

    @Override
    public void forward(float[] parameters, DenseBatch batch, float[] embeddings) {
        System.arraycopy(batch.values(), 0, embeddings, 0, batch.rows() * width);
    }

    @Override
    public void backward(
            float[] parameters, DenseBatch batch, float[] embeddingGradient, float[] gradient) {}
}
