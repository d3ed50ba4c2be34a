// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution with bias over slices of float arrays, by ND4J's {@code conv2d} and
 * {@code conv2d_bp}, which are oneDNN's where that is on the class path. Images lie channel by
 * channel (NCHW), weights as output channels x input channels x kernel x kernel.
 *
 * <p>Not thread-safe: one for each layer and task. Keeps off-heap arrays for each number of rows
 * that it has met.
 */
public final class Convolution implements AutoCloseable {
    private final Shape shape;
    private final Map<Integer, Staging> stagings = new HashMap<>();

    /**
     * Sides of a convolution.
     *
     * @param inputs channels of the input
     * @param outputs channels of the output
     * @param height rows of an input image
     * @param width columns of an input image
     * @param kernel side of the kernel
     * @param stride step of the kernel
     * @param padding zeros around the image
     */
    public record Shape(
            int inputs, int outputs, int height, int width, int kernel, int stride, int padding) {
        /** Rows of an output image. */
        public int outputHeight() {
            return (height + 2 * padding - kernel) / stride + 1;
        }

        /** Columns of an output image. */
        public int outputWidth() {
            return (width + 2 * padding - kernel) / stride + 1;
        }

        /** Values of an input. */
        public int inputSize() {
            return inputs * height * width;
        }

        /** Values of an output. */
        public int outputSize() {
            return outputs * outputHeight() * outputWidth();
        }

        /** Inputs of one output value. */
        public int fanIn() {
            return inputs * kernel * kernel;
        }
    }

    private record Staging(
            INDArray input,
            INDArray weight,
            INDArray bias,
            INDArray output,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient,
            INDArray biasGradient,
            DynamicCustomOp forward,
            DynamicCustomOp backward) {

        void close() {
            input.close();
            weight.close();
            bias.close();
            output.close();
            outputGradient.close();
            inputGradient.close();
            weightGradient.close();
            biasGradient.close();
        }
    }

    /** A convolution of a shape. */
    public Convolution(Shape shape) {
        this.shape = shape;
    }

    /** The sides. */
    public Shape shape() {
        return shape;
    }

    /**
     * Convolves.
     *
     * @param input rows x {@link Shape#inputSize}
     * @param parameters holds weights from {@code weightAt} and biases from {@code biasAt}
     * @param output receives rows x {@link Shape#outputSize}
     */
    public void forward(
            float[] input, int rows, float[] parameters, int weightAt, int biasAt, float[] output) {
        Staging staging = stagings.computeIfAbsent(rows, this::allocate);
        upload(input, 0, staging.input);
        upload(parameters, weightAt, staging.weight);
        upload(parameters, biasAt, staging.bias);
        Nd4j.exec(staging.forward);
        download(staging.output).get(output, 0, rows * shape.outputSize());
    }

    /**
     * Carries the gradient of the last forward pass of as many rows back.
     *
     * @param outputGradient rows x {@link Shape#outputSize}
     * @param inputGradient receives rows x {@link Shape#inputSize}
     * @param gradient added to, where the parameters lie
     */
    public void backward(
            float[] outputGradient,
            int rows,
            float[] inputGradient,
            float[] gradient,
            int weightAt,
            int biasAt) {
        Staging staging = stagings.get(rows);
        upload(outputGradient, 0, staging.outputGradient);
        Nd4j.exec(staging.backward);
        download(staging.inputGradient).get(inputGradient, 0, rows * shape.inputSize());
        add(staging.weightGradient, gradient, weightAt);
        add(staging.biasGradient, gradient, biasAt);
    }

    private Staging allocate(int rows) {
        INDArray input = array(rows, shape.inputs, shape.height, shape.width);
        INDArray weight = array(shape.outputs, shape.inputs, shape.kernel, shape.kernel);
        INDArray bias = array(shape.outputs);
        INDArray output = outputs(rows);
        INDArray outputGradient = outputs(rows);
        INDArray inputGradient = array(rows, shape.inputs, shape.height, shape.width);
        INDArray weightGradient = array(shape.outputs, shape.inputs, shape.kernel, shape.kernel);
        INDArray biasGradient = array(shape.outputs);
        return new Staging(
                input,
                weight,
                bias,
                output,
                outputGradient,
                inputGradient,
                weightGradient,
                biasGradient,
                operation("conv2d").addInputs(input, weight, bias).addOutputs(output).build(),
                operation("conv2d_bp")
                        .addInputs(input, weight, bias, outputGradient)
                        .addOutputs(inputGradient, weightGradient, biasGradient)
                        .build());
    }

    private INDArray outputs(int rows) {
        return array(rows, shape.outputs, shape.outputHeight(), shape.outputWidth());
    }

    /** Arguments: kernel, strides, paddings, dilations, explicit padding, NCHW, weights OIHW. */
    private DynamicCustomOp.DynamicCustomOpsBuilder operation(String name) {
        return DynamicCustomOp.builder(name)
                .addIntegerArguments(
                        shape.kernel,
                        shape.kernel,
                        shape.stride,
                        shape.stride,
                        shape.padding,
                        shape.padding,
                        1,
                        1,
                        0,
                        0,
                        1);
    }

    private static INDArray array(long... sides) {
        return Nd4j.create(DataType.FLOAT, sides, 'c');
    }

    private static void upload(float[] values, int from, INDArray target) {
        target.data().asNioFloat().put(values, from, (int) target.length());
        Nd4j.getAffinityManager().tagLocation(target, Location.HOST);
    }

    private static FloatBuffer download(INDArray source) {
        Nd4j.getAffinityManager().ensureLocation(source, Location.HOST);
        return source.data().asNioFloat();
    }

    private static void add(INDArray source, float[] target, int at) {
        FloatBuffer values = download(source);
        for (int i = 0; i < source.length(); i++) {
            target[at + i] += values.get(i);
        }
    }

    /** Frees the staging arrays. */
    @Override
    public void close() {
        stagings.values().forEach(Staging::close);
        stagings.clear();
    }
}
