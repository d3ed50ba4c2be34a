// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;

/**
 * Gated attention conditioned on the categories: every other input of a row is multiplied by {@code
 * g = 2 sigmoid(c W + b)}, c being the row's bag of categories, so that what counts for one kind of
 * creative need not count for another. W and b start at 0, all gates therefore at 1. Gradients:
 * {@code dx = g dx'}, {@code da = dx' x g (1 - g / 2)}, {@code dW = c^T da}, {@code dc = da W^T}.
 *
 * <p>Memory: three arrays of {@code maxRows x gated}.
 */
final class CategoryGate {
    private final int at;
    private final int conditions;
    private final int inputs;
    private final int gated;
    private final Affine affine;
    private final float[] condition;
    private final float[] gate;
    private final float[] before;
    private final float[] logitGradient;
    private final float[] conditionGradient;

    /**
     * Declares the parameters.
     *
     * @param at where in a row of inputs the categories begin
     * @param conditions width of the categories
     * @param inputs width of a row, categories included
     */
    CategoryGate(
            Layout.Builder layout,
            int at,
            int conditions,
            int inputs,
            int maxRows,
            MatrixProduct product) {
        this.at = at;
        this.conditions = conditions;
        this.inputs = inputs;
        this.gated = inputs - conditions;
        affine = Affine.declare(layout, "encoder/gate", conditions, gated, product);
        condition = new float[maxRows * conditions];
        gate = new float[maxRows * gated];
        before = new float[maxRows * gated];
        logitGradient = new float[maxRows * gated];
        conditionGradient = new float[maxRows * conditions];
    }

    /** Multiplies the inputs, rows x inputs, in place. */
    void forward(float[] parameters, float[] input, int rows) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(input, row * inputs + at, condition, row * conditions, conditions);
            copyGated(input, row, before);
        }
        affine.forward(parameters, condition, rows, gate);
        for (int i = 0; i < rows * gated; i++) {
            gate[i] = (float) (2 / (1 + Math.exp(-gate[i])));
        }
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < gated; j++) {
                input[row * inputs + place(j)] *= gate[row * gated + j];
            }
        }
    }

    /** Turns the gradient by the gated inputs into that by the inputs, in place. */
    void backward(float[] parameters, float[] inputGradient, int rows, float[] gradient) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < gated; j++) {
                int i = row * gated + j;
                int x = row * inputs + place(j);
                float g = gate[i];
                logitGradient[i] = inputGradient[x] * before[i] * g * (1 - g / 2);
                inputGradient[x] *= g;
            }
        }
        affine.backward(condition, rows, logitGradient, gradient);
        affine.carry(parameters, rows, logitGradient, conditionGradient, false);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < conditions; j++) {
                inputGradient[row * inputs + at + j] += conditionGradient[row * conditions + j];
            }
        }
    }

    private int place(int j) {
        return j < at ? j : j + conditions;
    }

    private void copyGated(float[] input, int row, float[] to) {
        System.arraycopy(input, row * inputs, to, row * gated, at);
        System.arraycopy(input, row * inputs + at + conditions, to, row * gated + at, gated - at);
    }
}
