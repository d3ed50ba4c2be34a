// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import static dev.kedge.state.text.Text.format;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.kedge.connectors.image.Scaling;
import dev.kedge.connectors.image.Thumbnail;
import java.nio.FloatBuffer;

/** A frozen encoder of thumbnails: floats [n, 3, height, width] in, floats [n, width] out. */
final class ImageEncoder implements AutoCloseable {
    private final FrozenEncoderSettings.Image settings;
    private final FrozenEncoder encoder;
    private final long[] shape;
    private final float[] values;

    /**
     * Loads it and tries it out.
     *
     * @throws EncoderException if it cannot be used, in one line
     */
    ImageEncoder(FrozenEncoderSettings.Image settings) {
        this.settings = settings;
        shape = new long[] {1, 3, settings.rows(), settings.columns()};
        values = new float[3 * settings.rows() * settings.columns()];
        String words = format("floats [n, 3, %d, %d]", settings.rows(), settings.columns());
        FrozenEncoder.Form form = new FrozenEncoder.Form(OnnxJavaType.FLOAT, words, shape);
        String file = settings.model();
        encoder = new FrozenEncoder("encoders.image", file, "", settings.width(), form, input());
    }

    private FrozenEncoder.Input input() {
        return environment -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }

    /**
     * Encodes a thumbnail, brought to the encoder's size.
     *
     * @param out receives the answer from {@code at} on
     * @throws OrtException if the model fails on it
     */
    void encode(Thumbnail image, float[] out, int at) throws OrtException {
        Scaling.to(settings.rows(), settings.columns(), image, values);
        int plane = settings.rows() * settings.columns();
        for (int c = 0; c < 3; c++) {
            double mean = settings.mean().get(c);
            double std = settings.std().get(c);
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                values[i] = (float) ((values[i] / 255 - mean) / std);
            }
        }
        encoder.encode(input(), out, at);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
