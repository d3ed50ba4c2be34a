// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.encoder.Encoder;
import dev.kedge.operators.encoder.Mlp;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/** The project's fully connected layers over a row's features. */
final class PerceptronEncoder implements Encoder<LogisticHead.Row> {
    private final Mlp mlp;
    private final int width;

    PerceptronEncoder(
            Layout.Builder layout, int inputs, List<Integer> layers, MatrixProduct product) {
        mlp = new Mlp(layout, "encoder", inputs, layers, 1, product);
        width = layers.get(layers.size() - 1);
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
    public void forward(float[] parameters, LogisticHead.Row batch, float[] embeddings) {
        mlp.forward(parameters, batch.features(), 1, embeddings);
    }

    // The caller clears the embeddings' gradient before each batch and does not read it after.
    @Override
    public void backward(
            float[] parameters,
            LogisticHead.Row batch,
            float[] embeddingGradient,
            float[] gradient) {
        mlp.backward(parameters, batch.features(), 1, embeddingGradient, gradient);
    }
}
