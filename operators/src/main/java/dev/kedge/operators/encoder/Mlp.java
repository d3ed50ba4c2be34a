// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Fully connected layers, each followed by a rectifier. Initial values are uniform in +-sqrt(6 /
 * fan-in) (He et al. 2015), biases 0.
 *
 * <p>Memory: activations of {@code maxRows} rows.
 */
public final class Mlp {
    private final List<Dense> layers = new ArrayList<>();

    private static final class Dense {
        private final Affine affine;
        private final float[] activation;
        private final float[] gradient;

        private Dense(Affine affine, int maxRows) {
            this.affine = affine;
            this.activation = new float[maxRows * affine.outputs()];
            this.gradient = new float[maxRows * affine.inputs()];
        }

        private void forward(float[] parameters, float[] input, int rows) {
            affine.forward(parameters, input, rows, activation);
            Rectifier.rectify(activation, rows * affine.outputs());
        }

        private void backward(
                float[] parameters,
                float[] input,
                int rows,
                float[] upstream,
                float[] flat,
                boolean carry) {
            Rectifier.shut(activation, upstream, 0, rows * affine.outputs());
            affine.backward(input, rows, upstream, flat);
            if (carry) {
                affine.carry(parameters, rows, upstream, gradient, false);
            }
        }
    }

    /**
     * Declares the layers.
     *
     * @param layout receives {@code prefix/0/weight} and so on
     * @param prefix begins the parameters' names
     * @param inputs width of the input
     * @param widths width of each layer, the last being the output
     * @param maxRows most rows of a batch
     * @param product does the products
     */
    public Mlp(
            Layout.Builder layout,
            String prefix,
            int inputs,
            List<Integer> widths,
            int maxRows,
            MatrixProduct product) {
        int fanIn = inputs;
        for (int i = 0; i < widths.size(); i++) {
            Affine affine = Affine.declare(layout, prefix + "/" + i, fanIn, widths.get(i), product);
            layers.add(new Dense(affine, maxRows));
            fanIn = widths.get(i);
        }
    }

    /** Where the parameters begin; they lie one behind the other. */
    public int offset() {
        return layers.get(0).affine.weight().offset();
    }

    /** Where the parameters end. */
    public int end() {
        return layers.get(layers.size() - 1).affine.bias().end();
    }

    /** Draws initial values. */
    public void initialise(float[] parameters, RestorableRandom random) {
        for (Dense layer : layers) {
            Slice weight = layer.affine.weight();
            random.fillUniform(
                    parameters, weight.offset(), weight.end(), Math.sqrt(6.0 / weight.rows()));
        }
    }

    /**
     * Computes the output.
     *
     * @param parameters flat parameter vector
     * @param input rows x inputs
     * @param rows number of rows
     * @param output receives rows x width of the last layer
     */
    public void forward(float[] parameters, float[] input, int rows, float[] output) {
        float[] at = input;
        for (Dense layer : layers) {
            layer.forward(parameters, at, rows);
            at = layer.activation;
        }
        System.arraycopy(at, 0, output, 0, rows * layers.get(layers.size() - 1).affine.outputs());
    }

    /**
     * Carries the gradient of the last forward pass back.
     *
     * @param upstream gradient of the output, overwritten
     * @param flat flat gradient vector, added to
     * @return gradient of the input, rows x inputs, valid until the next call
     */
    public float[] backward(
            float[] parameters, float[] input, int rows, float[] upstream, float[] flat) {
        return backward(parameters, input, rows, upstream, flat, true);
    }

    /**
     * As {@link #backward}, for an input whose gradient nobody asks for.
     *
     * @param upstream gradient of the output, overwritten
     * @param flat flat gradient vector, added to
     */
    public void backwardToParameters(
            float[] parameters, float[] input, int rows, float[] upstream, float[] flat) {
        backward(parameters, input, rows, upstream, flat, false);
    }

    private float[] backward(
            float[] parameters,
            float[] input,
            int rows,
            float[] upstream,
            float[] flat,
            boolean carryToInput) {
        float[] at = upstream;
        for (int i = layers.size() - 1; i >= 0; i--) {
            float[] below = i == 0 ? input : layers.get(i - 1).activation;
            boolean carry = i > 0 || carryToInput;
            layers.get(i).backward(parameters, below, rows, at, flat, carry);
            at = layers.get(i).gradient;
        }
        return at;
    }
}
