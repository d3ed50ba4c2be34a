// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Hashed text and categories as embedding bags, numbers and a ready embedding as they are,
 * concatenated, gated by the categories if so asked, then an {@link Mlp}. Text is averaged over its
 * tokens, categories over their fields; an absent modality is a zero, whose place the other
 * modalities learn to fill.
 *
 * <p>Memory: activations of {@code maxRows} rows; parameters are {@code textBuckets * textWidth +
 * categoryBuckets * categoryWidth} and the layers.
 */
public final class MultimodalEncoder implements Encoder<MultimodalBatch> {
    private static final double TABLE_BOUND = 0.1;

    private final Settings settings;
    private final Slice text;
    private final Slice categories;
    private final Optional<CategoryGate> gate;
    private final Mlp mlp;
    private final int inputs;
    private final float[] input;
    private final float[] upstream;

    /**
     * Sizes of an encoder.
     *
     * @param textBuckets rows of the text table
     * @param textWidth width of a token's embedding
     * @param categoryBuckets rows of the category table
     * @param categoryWidth width of a category's embedding
     * @param numbers how many numbers a row has
     * @param embedding width of the ready embedding, 0 for none
     * @param fusion how these come together
     * @param layers widths of the layers, the last being the width of the output
     */
    public record Settings(
            int textBuckets,
            int textWidth,
            int categoryBuckets,
            int categoryWidth,
            int numbers,
            int embedding,
            Fusion fusion,
            List<Integer> layers) {
        int inputs() {
            return textWidth + categoryWidth + numbers + embedding;
        }

        int width() {
            return layers.get(layers.size() - 1);
        }
    }

    /** Declares the parameters. */
    public MultimodalEncoder(
            Layout.Builder layout, Settings settings, int maxRows, MatrixProduct product) {
        this.settings = settings;
        text = layout.add("encoder/text", settings.textBuckets(), settings.textWidth());
        categories =
                layout.add(
                        "encoder/categories", settings.categoryBuckets(), settings.categoryWidth());
        inputs = settings.inputs();
        int at = settings.textWidth();
        int conditions = settings.categoryWidth();
        gate =
                settings.fusion() == Fusion.GATED
                        ? Optional.of(
                                new CategoryGate(layout, at, conditions, inputs, maxRows, product))
                        : Optional.empty();
        mlp = new Mlp(layout, "encoder/layer", inputs, settings.layers(), maxRows, product);
        input = new float[maxRows * inputs];
        upstream = new float[maxRows * settings.width()];
    }

    @Override
    public int width() {
        return settings.width();
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        random.fillUniform(parameters, text.offset(), text.end(), TABLE_BOUND);
        random.fillUniform(parameters, categories.offset(), categories.end(), TABLE_BOUND);
        mlp.initialise(parameters, random);
    }

    @Override
    public void forward(float[] parameters, MultimodalBatch batch, float[] embeddings) {
        Arrays.fill(input, 0, batch.rows() * inputs, 0);
        for (int row = 0; row < batch.rows(); row++) {
            int at = row * inputs;
            int[] tokens = batch.tokens(row);
            gather(parameters, text, tokens, row > 0 && tokens == batch.tokens(row - 1), at);
            at += settings.textWidth();
            int[] fields = batch.categories(row);
            gather(
                    parameters,
                    categories,
                    fields,
                    row > 0 && fields == batch.categories(row - 1),
                    at);
            at += settings.categoryWidth();
            System.arraycopy(
                    batch.numbers(), row * settings.numbers(), input, at, settings.numbers());
            at += settings.numbers();
            float[] ready = batch.embedding(row);
            System.arraycopy(ready, 0, input, at, Math.min(ready.length, settings.embedding()));
        }
        gate.ifPresent(g -> g.forward(parameters, input, batch.rows()));
        mlp.forward(parameters, input, batch.rows(), embeddings);
    }

    @Override
    public void backward(
            float[] parameters,
            MultimodalBatch batch,
            float[] embeddingGradient,
            float[] gradient) {
        int rows = batch.rows();
        System.arraycopy(embeddingGradient, 0, upstream, 0, rows * width());
        float[] inputGradient = mlp.backward(parameters, input, rows, upstream, gradient);
        gate.ifPresent(g -> g.backward(parameters, inputGradient, rows, gradient));
        for (int row = 0; row < rows; row++) {
            int at = row * inputs;
            scatter(gradient, text, batch.tokens(row), inputGradient, at);
            at += settings.textWidth();
            scatter(gradient, categories, batch.categories(row), inputGradient, at);
        }
    }

    @Override
    public List<Slice> tables() {
        return List.of(text, categories);
    }

    @Override
    public void name(MultimodalBatch batch, NamedRows rows) {
        for (int row = 0; row < batch.rows(); row++) {
            int[] tokens = batch.tokens(row);
            if (row == 0 || tokens != batch.tokens(row - 1)) {
                rows.add(text, tokens);
            }
            int[] fields = batch.categories(row);
            if (row == 0 || fields != batch.categories(row - 1)) {
                rows.add(categories, fields);
            }
        }
    }

    /**
     * Averages a bag.
     *
     * @param again whether the row before has the same bag: a creative is scored with one group of
     *     inputs hidden after the other, and most of its rows have one text
     */
    private void gather(float[] parameters, Slice table, int[] indices, boolean again, int at) {
        int width = table.columns();
        if (again) {
            System.arraycopy(input, at - inputs, input, at, width);
            return;
        }
        float share = share(indices);
        for (int index : indices) {
            int from = table.offset() + index * width;
            for (int j = 0; j < width; j++) {
                input[at + j] += share * parameters[from + j];
            }
        }
    }

    private static void scatter(
            float[] gradient, Slice table, int[] indices, float[] inputGradient, int at) {
        int width = table.columns();
        float share = share(indices);
        for (int index : indices) {
            int to = table.offset() + index * width;
            for (int j = 0; j < width; j++) {
                gradient[to + j] += share * inputGradient[at + j];
            }
        }
    }

    /** Divides by the root of the count: a bag of many tokens keeps the scale of a bag of few. */
    private static float share(int[] indices) {
        return indices.length == 0 ? 0 : (float) (1 / Math.sqrt(indices.length));
    }
}
