// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.math.Convolution;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * A small convolutional network over images: 3x3 convolutions of stride 2, each followed by a
 * rectifier, then one fully connected layer with a rectifier. Every convolution halves the sides.
 * Initial values are uniform in +-sqrt(6 / fan-in) (He et al. 2015), biases 0.
 *
 * <p>Memory: activations and their gradients of {@code maxRows} rows, once on the heap and once
 * outside of it.
 */
public final class ConvNet implements Encoder<DenseBatch> {
    private static final int KERNEL = 3;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    private final List<Layer> layers = new ArrayList<>();
    private final Mlp mlp;
    private final int width;
    private final float[] upstream;

    private record Layer(
            Convolution convolution,
            Slice weight,
            Slice bias,
            float[] activation,
            float[] inputGradient) {}

    /**
     * Sides of the network.
     *
     * @param channels channels of an image
     * @param height rows of an image
     * @param width columns of an image
     * @param convolutions channels of each convolution, at least one
     * @param features width of the embedding
     */
    public record Settings(
            int channels, int height, int width, List<Integer> convolutions, int features) {
        /** Of images. */
        public static Settings of(ImageShape image, List<Integer> convolutions, int features) {
            return new Settings(
                    image.channels(), image.height(), image.width(), convolutions, features);
        }

        /** Checks that there is a convolution. */
        public Settings {
            convolutions = List.copyOf(convolutions);
            if (convolutions.isEmpty()) {
                throw new IllegalArgumentException(
                        "encoder.convolutions: [] is not allowed; there must be at least one");
            }
        }
    }

    /**
     * Declares the parameters.
     *
     * @param maxRows most rows of a batch
     */
    public ConvNet(Layout.Builder layout, Settings settings, int maxRows, MatrixProduct product) {
        int channels = settings.channels();
        int height = settings.height();
        int columns = settings.width();
        for (int outputs : settings.convolutions()) {
            Convolution.Shape shape =
                    new Convolution.Shape(
                            channels, outputs, height, columns, KERNEL, STRIDE, PADDING);
            layers.add(layer(layout, shape, maxRows));
            channels = outputs;
            height = shape.outputHeight();
            columns = shape.outputWidth();
        }
        width = settings.features();
        int flat = channels * height * columns;
        mlp = new Mlp(layout, "encoder/layer", flat, List.of(width), maxRows, product);
        upstream = new float[maxRows * width];
    }

    private Layer layer(Layout.Builder layout, Convolution.Shape shape, int maxRows) {
        String name = "encoder/convolution/" + layers.size();
        return new Layer(
                new Convolution(shape, maxRows, true),
                layout.add(name + "/weight", shape.outputs(), shape.fanIn()),
                layout.add(name + "/bias", 1, shape.outputs()),
                new float[maxRows * shape.outputSize()],
                new float[maxRows * shape.inputSize()]);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        for (Layer layer : layers) {
            double bound = Math.sqrt(6.0 / layer.weight().columns());
            random.fillUniform(parameters, layer.weight().offset(), layer.weight().end(), bound);
        }
        mlp.initialise(parameters, random);
    }

    @Override
    public void forward(float[] parameters, DenseBatch batch, float[] embeddings) {
        float[] at = batch.values();
        for (Layer layer : layers) {
            Convolution convolution = layer.convolution();
            int weight = layer.weight().offset();
            int bias = layer.bias().offset();
            float[] activation = layer.activation();
            convolution.forward(at, batch.rows(), parameters, weight, bias, activation);
            Rectifier.rectify(activation, batch.rows() * convolution.shape().outputSize());
            at = activation;
        }
        mlp.forward(parameters, at, batch.rows(), embeddings);
    }

    @Override
    public void backward(
            float[] parameters, DenseBatch batch, float[] embeddingGradient, float[] gradient) {
        int rows = batch.rows();
        System.arraycopy(embeddingGradient, 0, upstream, 0, rows * width);
        float[] last = layers.get(layers.size() - 1).activation();
        float[] at = mlp.backward(parameters, last, rows, upstream, gradient);
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            Convolution convolution = layer.convolution();
            Rectifier.shut(layer.activation(), at, 0, rows * convolution.shape().outputSize());
            int weight = layer.weight().offset();
            int bias = layer.bias().offset();
            convolution.backward(at, rows, layer.inputGradient(), gradient, weight, bias);
            at = layer.inputGradient();
        }
    }

    /** Frees what lies outside of the heap. */
    @Override
    public void close() {
        layers.forEach(layer -> layer.convolution().close());
    }
}
