// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.math.MatrixProduct.Matrix;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;

/**
 * An affine map {@code y = x W + b} whose parameters lie in a flat vector, with its gradients
 * {@code dW = x^T dy}, {@code db = sum of dy}, {@code dx = dy W^T}. Holds no activations.
 *
 * @param weight where W lies, inputs x outputs
 * @param bias where b lies, 1 x outputs
 * @param product does the products
 */
public record Affine(Slice weight, Slice bias, MatrixProduct product) {
    /** Declares {@code name/weight} and {@code name/bias}. */
    public static Affine declare(
            Layout.Builder layout, String name, int inputs, int outputs, MatrixProduct product) {
        Slice weight = layout.add(name + "/weight", inputs, outputs);
        return new Affine(weight, layout.add(name + "/bias", 1, outputs), product);
    }

    /** Width of the input. */
    public int inputs() {
        return weight.rows();
    }

    /** Width of the output. */
    public int outputs() {
        return weight.columns();
    }

    /**
     * Computes the output.
     *
     * @param input rows x inputs
     * @param output overwritten, rows x outputs
     */
    public void forward(float[] parameters, float[] input, int rows, float[] output) {
        int columns = outputs();
        for (int i = 0; i < rows; i++) {
            System.arraycopy(parameters, bias.offset(), output, i * columns, columns);
        }
        Matrix weights = Matrix.at(weight.offset(), parameters);
        product.multiply(
                Matrix.of(input), weights, Matrix.of(output), rows, inputs(), columns, true);
    }

    /**
     * Adds the gradients of the parameters.
     *
     * @param input rows x inputs, as in the forward pass
     * @param upstream gradient of the output, rows x outputs
     * @param gradient flat gradient vector, added to
     */
    public void backward(float[] input, int rows, float[] upstream, float[] gradient) {
        int columns = outputs();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                gradient[bias.offset() + j] += upstream[i * columns + j];
            }
        }
        Matrix sum = Matrix.at(weight.offset(), gradient);
        Matrix turned = Matrix.of(input).transpose();
        product.multiply(turned, Matrix.of(upstream), sum, inputs(), rows, columns, true);
    }

    /**
     * Carries a gradient back to the input.
     *
     * @param upstream gradient of the output, rows x outputs
     * @param inputGradient rows x inputs
     * @param accumulate whether to add to it instead of overwriting it
     */
    public void carry(
            float[] parameters,
            int rows,
            float[] upstream,
            float[] inputGradient,
            boolean accumulate) {
        Matrix weights = Matrix.at(weight.offset(), parameters).transpose();
        Matrix carried = Matrix.of(inputGradient);
        product.multiply(
                Matrix.of(upstream), weights, carried, rows, outputs(), inputs(), accumulate);
    }
}
