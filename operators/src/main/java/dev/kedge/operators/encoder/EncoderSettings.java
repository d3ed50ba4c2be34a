// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Meaning;
import java.io.Serializable;
import java.util.Optional;

/** What makes embeddings: the {@code encoder} of a job file. */
@PublicApi
public record EncoderSettings(
        @Meaning("What makes embeddings. All but `identity` and `mlp` need images.")
                EncoderName kind,
        @Group EncoderSizes sizes)
        implements Serializable {
    /**
     * What makes the encoder.
     *
     * @param width values of an input
     * @param image sides of an input, if inputs are images
     * @throws IllegalArgumentException if it wants images and there are none, or too small ones
     */
    public EncoderFactory factory(int width, Optional<ImageShape> image) {
        return kind.factory("encoder.kind", width, image, sizes);
    }
}
