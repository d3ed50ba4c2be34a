// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/** An {@link Mlp} over rows of numbers. */
public final class MlpEncoder implements Encoder<DenseBatch> {
    private final Mlp mlp;
    private final int width;
    private final float[] upstream;

    /**
     * Declares the parameters.
     *
     * @param inputs values of a row
     * @param widths width of each layer, the last being the embedding's
     * @param maxRows most rows of a batch
     */
    public MlpEncoder(
            Layout.Builder layout,
            int inputs,
            List<Integer> widths,
            int maxRows,
            MatrixProduct product) {
        mlp = new Mlp(layout, "encoder/layer", inputs, widths, maxRows, product);
        width = widths.get(widths.size() - 1);
        upstream = new float[maxRows * width];
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        mlp.initialise(parameters, random);
    }

    @Override
    public void forward(float[] parameters, DenseBatch batch, float[] embeddings) {
        mlp.forward(parameters, batch.values(), batch.rows(), embeddings);
    }

    @Override
    public void backward(
            float[] parameters, DenseBatch batch, float[] embeddingGradient, float[] gradient) {
        System.arraycopy(embeddingGradient, 0, upstream, 0, batch.rows() * width);
        mlp.backwardToParameters(parameters, batch.values(), batch.rows(), upstream, gradient);
    }
}
