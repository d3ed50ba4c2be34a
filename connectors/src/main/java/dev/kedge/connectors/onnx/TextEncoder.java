// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;

/** A frozen encoder of texts: strings [n] in, floats [n, width] out. */
final class TextEncoder implements AutoCloseable {
    private static final FrozenEncoder.Form FORM =
            new FrozenEncoder.Form(OnnxJavaType.STRING, "strings [n]", 1);

    private final FrozenEncoder encoder;
    private final TextTensors tensors;

    /**
     * Loads it and tries it out.
     *
     * @throws EncoderException if it cannot be used, in one line
     */
    TextEncoder(FrozenEncoderSettings.Text settings) {
        encoder =
                new FrozenEncoder(
                        "encoders.text",
                        settings.model(),
                        settings.customOps(),
                        settings.width(),
                        FORM,
                        environment -> OnnxTensor.createTensor(environment, new String[] {"a"}));
        tensors = encoder.texts();
    }

    /**
     * Encodes a text.
     *
     * @param out receives the answer from {@code at} on
     * @throws OrtException if the model fails on it
     */
    void encode(String text, float[] out, int at) throws OrtException {
        encoder.encode(environment -> tensors.of(text), out, at);
    }

    @Override
    public void close() {
        tensors.close();
        encoder.close();
    }
}
