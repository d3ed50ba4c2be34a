// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import dev.kedge.state.settings.Checks;
import java.util.Locale;

/**
 * Sides of an image whose bytes lie channel by channel, row by row.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record ImageShape(int channels, int height, int width) {
    /** Checks the sides. */
    public ImageShape {
        if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "image: %d x %d x %d is not allowed; there must be 1 or 3 channels and pixels",
                            channels,
                            height,
                            width));
        }
    }

    /**
     * Refuses sides that no setting may have.
     *
     * @param field field of the sides, for messages
     * @throws IllegalArgumentException in one line that names the field
     */
    public static void requireSides(String field, int channels, int height, int width) {
        Checks.require(channels == 1 || channels == 3, field + ".channels", channels, "1 or 3");
        Checks.within(field + ".height", height, 1, 512);
        Checks.within(field + ".width", width, 1, 512);
    }

    /** Pixels of a channel. */
    public int pixels() {
        return height * width;
    }

    /** Bytes of an image. */
    public int bytes() {
        return channels * pixels();
    }
}
