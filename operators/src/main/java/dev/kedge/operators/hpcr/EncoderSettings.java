// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.image.ImageShape;
import java.io.Serializable;
import java.util.Optional;

/**
 * What makes embeddings: the {@code encoder} of a job file.
 *
 * @param kind which encoder
 * @param mlp sizes of the encoder of that name
 * @param convnet sizes of the encoder of that name
 */
public record EncoderSettings(EncoderName kind, EncoderSizes.Mlp mlp, EncoderSizes.Convnet convnet)
        implements Serializable {
    /**
     * What makes the encoder.
     *
     * @param width values of an input
     * @param image sides of an input, if inputs are images
     * @throws IllegalArgumentException if it wants images and there are none, or too small ones
     */
    public EncoderFactory factory(int width, Optional<ImageShape> image) {
        return kind.factory("encoder.kind", width, image, new EncoderSizes(mlp, convnet));
    }
}
