// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.operators.encoder.Affine;
import dev.kedge.operators.encoder.Mlp;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/**
 * What a head has between the shared embedding and its last, affine map: layers of its own, or
 * nothing. Two heads without layers are one head whose columns are written in two places; layers of
 * their own let each term bend the embedding in its own way (hard parameter sharing: Caruana,
 * <i>Multitask Learning</i>, 1997).
 */
interface HeadLayers {
    /**
     * Declares the layers.
     *
     * @param layout receives {@code name/layer/0/weight} and so on, or nothing
     * @param width width of the embedding
     * @param widths width of each layer; may be none
     */
    static HeadLayers declare(
            Layout.Builder layout,
            String name,
            int width,
            List<Integer> widths,
            int maxRows,
            MatrixProduct product) {
        return widths.isEmpty()
                ? new None(width)
                : new Hidden(
                        new Mlp(layout, name + "/layer", width, widths, maxRows, product),
                        width,
                        widths.get(widths.size() - 1),
                        maxRows);
    }

    /** Name of the last map of a head, which reads something else behind layers. */
    String output(String name);

    /** Width of what the last map reads. */
    int width();

    /** Draws initial values. */
    void initialise(float[] parameters, RestorableRandom random);

    /** Says that nothing of it should move. */
    void untouched(UntouchedRanges untouched);

    /**
     * What the last map reads.
     *
     * @param embeddings rows x width of the embedding
     * @return rows x {@link #width}, valid until the next call
     */
    float[] forward(float[] parameters, float[] embeddings, int rows);

    /**
     * Carries the gradient of the last forward pass back.
     *
     * @param output the last map
     * @param upstream gradient of its output
     * @param embeddingGradient added to
     * @param gradient flat gradient vector, added to
     */
    void backward(
            Affine output,
            float[] parameters,
            float[] embeddings,
            int rows,
            float[] upstream,
            float[] embeddingGradient,
            float[] gradient);

    /** A linear head: the last map reads the embedding. */
    record None(int width) implements HeadLayers {
        @Override
        public String output(String name) {
            return name;
        }

        @Override
        public void initialise(float[] parameters, RestorableRandom random) {}

        @Override
        public void untouched(UntouchedRanges untouched) {}

        @Override
        public float[] forward(float[] parameters, float[] embeddings, int rows) {
            return embeddings;
        }

        @Override
        public void backward(
                Affine output,
                float[] parameters,
                float[] embeddings,
                int rows,
                float[] upstream,
                float[] embeddingGradient,
                float[] gradient) {
            output.carry(parameters, rows, upstream, embeddingGradient, true);
        }
    }

    /** Fully connected layers, each followed by a rectifier. */
    final class Hidden implements HeadLayers {
        private final Mlp mlp;
        private final int embeddingWidth;
        private final int width;
        private final float[] activations;
        private final float[] activationGradient;

        private Hidden(Mlp mlp, int embeddingWidth, int width, int maxRows) {
            this.mlp = mlp;
            this.embeddingWidth = embeddingWidth;
            this.width = width;
            activations = new float[maxRows * width];
            activationGradient = new float[maxRows * width];
        }

        @Override
        public String output(String name) {
            return name + "/output";
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
        public void untouched(UntouchedRanges untouched) {
            untouched.add(mlp.offset(), mlp.end());
        }

        @Override
        public float[] forward(float[] parameters, float[] embeddings, int rows) {
            mlp.forward(parameters, embeddings, rows, activations);
            return activations;
        }

        @Override
        public void backward(
                Affine output,
                float[] parameters,
                float[] embeddings,
                int rows,
                float[] upstream,
                float[] embeddingGradient,
                float[] gradient) {
            output.carry(parameters, rows, upstream, activationGradient, false);
            float[] carried =
                    mlp.backward(parameters, embeddings, rows, activationGradient, gradient);
            for (int i = 0; i < rows * embeddingWidth; i++) {
                embeddingGradient[i] += carried[i];
            }
        }
    }
}
