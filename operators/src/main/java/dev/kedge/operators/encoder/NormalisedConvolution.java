// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.math.Convolution;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;

/**
 * A convolution without bias and the {@link BatchNormalisation} of its maps. Initial weights are
 * uniform in +-1/sqrt(fan-in). Keeps the maps and the outcome of the last pass.
 */
final class NormalisedConvolution implements AutoCloseable {
    private final Convolution convolution;
    private final Slice weight;
    private final BatchNormalisation norm;
    private final float[] maps;
    private final float[] outcome;
    private boolean rectified;

    /**
     * Sides of it; the padding keeps the sides of the image but for the stride.
     *
     * @param kernel side of the kernel, odd
     */
    record Sides(int inputs, int outputs, int height, int width, int kernel, int stride) {
        /** The same with a kernel of one. */
        Sides pointwise() {
            return new Sides(inputs, outputs, height, width, 1, stride);
        }
    }

    NormalisedConvolution(Layout.Builder layout, String name, Sides sides, int maxRows) {
        Convolution.Shape shape =
                new Convolution.Shape(
                        sides.inputs,
                        sides.outputs,
                        sides.height,
                        sides.width,
                        sides.kernel,
                        sides.stride,
                        sides.kernel / 2);
        convolution = new Convolution(shape, maxRows, false);
        weight = layout.add(name + "/weight", shape.outputs(), shape.fanIn());
        int plane = shape.outputHeight() * shape.outputWidth();
        norm = new BatchNormalisation(layout, name + "/norm", shape.outputs(), plane);
        maps = new float[maxRows * shape.outputSize()];
        outcome = new float[maxRows * shape.outputSize()];
    }

    int height() {
        return convolution.shape().outputHeight();
    }

    int width() {
        return convolution.shape().outputWidth();
    }

    int inputSize() {
        return convolution.shape().inputSize();
    }

    void initialise(float[] parameters, RestorableRandom random) {
        double bound = 1 / Math.sqrt(weight.columns());
        random.fillUniform(parameters, weight.offset(), weight.end(), bound);
        norm.initialise(parameters);
    }

    List<Slice> statistics() {
        return norm.statistics();
    }

    void follow(float[] parameters) {
        norm.follow(parameters);
    }

    /** Computes the outcome, rectified or not; valid until the next call. */
    float[] forward(float[] parameters, float[] x, Batch batch, boolean learns, boolean rectifies) {
        return forward(parameters, x, batch, learns, BatchNormalisation.NONE, rectifies);
    }

    /** Computes the rectified sum of the outcome and a residual; valid until the next call. */
    float[] forward(float[] parameters, float[] x, Batch batch, boolean learns, float[] residual) {
        return forward(parameters, x, batch, learns, residual, true);
    }

    private float[] forward(
            float[] parameters,
            float[] x,
            Batch batch,
            boolean learns,
            float[] residual,
            boolean rectifies) {
        rectified = rectifies;
        int rows = batch.rows();
        convolution.forward(x, rows, parameters, weight.offset(), 0, maps);
        if (learns) {
            norm.forwardToLearn(parameters, maps, batch, residual, rectifies, outcome);
        } else {
            norm.forward(parameters, maps, rows, residual, rectifies, outcome);
        }
        return outcome;
    }

    /**
     * Carries the gradient of the last pass back.
     *
     * @param upstream gradient of the outcome; set to 0 where the rectifier was shut
     * @param scratch overwritten
     * @param dx receives the gradient of the input; may be {@code upstream}
     */
    void backward(
            float[] parameters,
            Batch batch,
            float[] upstream,
            float[] scratch,
            float[] dx,
            float[] gradient) {
        carryThroughNorm(parameters, upstream, scratch, gradient);
        convolution.backward(scratch, batch.rows(), dx, gradient, weight.offset(), 0);
    }

    /** As {@link #backward}, for an input whose gradient nobody asks for. */
    void backwardToParameters(
            float[] parameters, Batch batch, float[] upstream, float[] scratch, float[] gradient) {
        carryThroughNorm(parameters, upstream, scratch, gradient);
        convolution.backwardToParameters(scratch, batch.rows(), gradient, weight.offset(), 0);
    }

    private void carryThroughNorm(
            float[] parameters, float[] upstream, float[] scratch, float[] gradient) {
        float[] shutBy = rectified ? outcome : BatchNormalisation.NONE;
        norm.backward(parameters, maps, shutBy, upstream, scratch, gradient);
    }

    @Override
    public void close() {
        convolution.close();
    }
}
