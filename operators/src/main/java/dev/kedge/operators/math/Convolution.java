// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A two-dimensional convolution over slices of float arrays, by ND4J's {@code conv2d} and {@code
 * conv2d_bp}, which are oneDNN's where that is on the class path. Images lie channel by channel
 * (NCHW), weights as output channels x input channels x kernel x kernel.
 *
 * <p>A kernel of one with a stride sees every stride-th pixel only. Those are picked out first, for
 * which oneDNN is grateful: it takes a third of the time.
 *
 * <p>Not thread-safe: one for each layer and task. Keeps off-heap room for {@code maxRows} images,
 * their outputs and the gradients of both, which batches of any size share.
 */
public final class Convolution implements AutoCloseable {
    private final Shape shape;
    private final Shape done;
    private final boolean biased;
    private final float[] picked;
    private final INDArray inputs;
    private final INDArray outputs;
    private final INDArray inputGradients;
    private final INDArray outputGradients;
    private final INDArray weight;
    private final INDArray weightGradient;
    private final INDArray bias;
    private final INDArray biasGradient;
    private final float[] weightSum;
    private final Map<Integer, Operations> operations = new HashMap<>();

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

        private boolean skips() {
            return kernel == 1 && stride > 1 && padding == 0;
        }

        private Shape picked() {
            return new Shape(inputs, outputs, outputHeight(), outputWidth(), 1, 1, 0);
        }

        /** Inputs of one output value. */
        public int fanIn() {
            return inputs * kernel * kernel;
        }
    }

    private record Operations(DynamicCustomOp forward, DynamicCustomOp backward) {}

    /**
     * A convolution of a shape.
     *
     * @param maxRows most images of a batch
     * @param biased whether every output channel has a bias
     */
    public Convolution(Shape shape, int maxRows, boolean biased) {
        this.shape = shape;
        this.done = shape.skips() ? shape.picked() : shape;
        this.biased = biased;
        picked = new float[shape.skips() ? maxRows * done.inputSize() : 0];
        inputs = inputArray(maxRows);
        outputs = outputArray(maxRows);
        inputGradients = inputArray(maxRows);
        outputGradients = outputArray(maxRows);
        weight = HostArray.of(shape.outputs, shape.inputs, shape.kernel, shape.kernel);
        weightGradient = HostArray.of(shape.outputs, shape.inputs, shape.kernel, shape.kernel);
        bias = HostArray.of(shape.outputs);
        biasGradient = HostArray.of(shape.outputs);
        weightSum = new float[shape.outputs * shape.fanIn()];
    }

    /** The sides. */
    public Shape shape() {
        return shape;
    }

    /**
     * Convolves.
     *
     * @param input rows x {@link Shape#inputSize}
     * @param parameters holds weights from {@code weightAt} and biases, if any, from {@code biasAt}
     * @param output receives rows x {@link Shape#outputSize}
     */
    public void forward(
            float[] input, int rows, float[] parameters, int weightAt, int biasAt, float[] output) {
        if (shape.skips()) {
            pick(input, rows);
            upload(picked, 0, rows * done.inputSize(), inputs);
        } else {
            upload(input, 0, rows * shape.inputSize(), inputs);
        }
        upload(parameters, weightAt, weightSum.length, weight);
        if (biased) {
            upload(parameters, biasAt, shape.outputs, bias);
        }
        Nd4j.exec(operations(rows).forward);
        download(outputs).get(output, 0, rows * shape.outputSize());
    }

    /**
     * Carries the gradient of the last forward pass, which was of as many rows, back.
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
        backwardToParameters(outputGradient, rows, gradient, weightAt, biasAt);
        if (shape.skips()) {
            download(inputGradients).get(picked, 0, rows * done.inputSize());
            putBack(inputGradient, rows);
        } else {
            download(inputGradients).get(inputGradient, 0, rows * shape.inputSize());
        }
    }

    private void pick(float[] input, int rows) {
        int out = 0;
        for (int map = 0; map < rows * shape.inputs; map++) {
            for (int y = 0; y < done.height; y++) {
                int at = (map * shape.height + y * shape.stride) * shape.width;
                for (int x = 0; x < done.width; x++) {
                    picked[out++] = input[at + x * shape.stride];
                }
            }
        }
    }

    private void putBack(float[] inputGradient, int rows) {
        Arrays.fill(inputGradient, 0, rows * shape.inputSize(), 0);
        int from = 0;
        for (int map = 0; map < rows * shape.inputs; map++) {
            for (int y = 0; y < done.height; y++) {
                int at = (map * shape.height + y * shape.stride) * shape.width;
                for (int x = 0; x < done.width; x++) {
                    inputGradient[at + x * shape.stride] = picked[from++];
                }
            }
        }
    }

    /**
     * As {@link #backward}, for an input whose gradient nobody asks for.
     *
     * @param outputGradient rows x {@link Shape#outputSize}
     * @param gradient added to, where the parameters lie
     */
    public void backwardToParameters(
            float[] outputGradient, int rows, float[] gradient, int weightAt, int biasAt) {
        upload(outputGradient, 0, rows * shape.outputSize(), outputGradients);
        Nd4j.exec(operations(rows).backward);
        add(weightGradient, weightSum.length, gradient, weightAt);
        if (biased) {
            add(biasGradient, shape.outputs, gradient, biasAt);
        }
    }

    private Operations operations(int rows) {
        return operations.computeIfAbsent(rows, this::bind);
    }

    private Operations bind(int rows) {
        long[] in = {rows, done.inputs, done.height, done.width};
        long[] out = {rows, shape.outputs, shape.outputHeight(), shape.outputWidth()};
        INDArray x = head(inputs, in);
        INDArray y = head(outputs, out);
        INDArray dx = head(inputGradients, in);
        INDArray dy = head(outputGradients, out);
        return new Operations(
                operation("conv2d")
                        .addInputs(biased ? arrays(x, weight, bias) : arrays(x, weight))
                        .addOutputs(y)
                        .build(),
                operation("conv2d_bp")
                        .addInputs(biased ? arrays(x, weight, bias, dy) : arrays(x, weight, dy))
                        .addOutputs(
                                biased
                                        ? arrays(dx, weightGradient, biasGradient)
                                        : arrays(dx, weightGradient))
                        .build());
    }

    private static INDArray[] arrays(INDArray... all) {
        return all;
    }

    /** The first images of an array, in its own memory. */
    private static INDArray head(INDArray all, long[] sides) {
        return Nd4j.create(all.data(), sides, Nd4j.getStrides(sides, 'c'), 0, 'c');
    }

    private INDArray inputArray(int rows) {
        return HostArray.of(rows, done.inputs, done.height, done.width);
    }

    private INDArray outputArray(int rows) {
        return HostArray.of(rows, shape.outputs, shape.outputHeight(), shape.outputWidth());
    }

    /** Arguments: kernel, strides, paddings, dilations, explicit padding, NCHW, weights OIHW. */
    private DynamicCustomOp.DynamicCustomOpsBuilder operation(String name) {
        int kernel = done.kernel;
        int stride = done.stride;
        int padding = done.padding;
        return DynamicCustomOp.builder(name)
                .addIntegerArguments(
                        kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, 1);
    }

    private static void upload(float[] values, int from, int count, INDArray target) {
        target.data().asNioFloat().put(values, from, count);
        Nd4j.getAffinityManager().tagLocation(target, Location.HOST);
    }

    private static FloatBuffer download(INDArray source) {
        Nd4j.getAffinityManager().ensureLocation(source, Location.HOST);
        return source.data().asNioFloat();
    }

    private void add(INDArray source, int count, float[] target, int at) {
        download(source).get(weightSum, 0, count);
        for (int i = 0; i < count; i++) {
            target[at + i] += weightSum[i];
        }
    }

    /** Frees what lies outside of the heap. */
    @Override
    public void close() {
        operations.clear();
        close(inputs, outputs, inputGradients, outputGradients);
        close(weight, weightGradient, bias, biasGradient);
    }

    private static void close(INDArray... all) {
        for (INDArray each : all) {
            each.close();
        }
    }
}
