// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.image.ImageShape;
import java.util.Objects;

/**
 * An image with sides of its own.
 *
 * @param shape its sides
 * @param pixels one byte a value, channel by channel, row by row; not copied
 */
public record Thumbnail(ImageShape shape, byte[] pixels) {
    /** Checks that the pixels are as many as the sides say. */
    public Thumbnail {
        Objects.requireNonNull(shape, "shape");
        if (pixels.length != shape.bytes()) {
            throw new IllegalArgumentException(
                    format(
                            "pixels: %d bytes are not allowed; there must be %d",
                            pixels.length, shape.bytes()));
        }
    }
}
