// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/** Sides of an image whose bytes lie channel by channel, row by row. */
@PublicApi
public record ImageShape(
        @Meaning("1 for grey, 3 for red, green and blue; where samples are images.")
                @Matching(value = "1|3", allowed = "1 or 3")
                int channels,
        @Meaning("Rows of pixels; 1 to 512.") @Range(min = 1, max = 512) int height,
        @Meaning("Columns of pixels; 1 to 512.") @Range(min = 1, max = 512) int width)
        implements Serializable {
    /** Checks the sides. */
    public ImageShape {
        if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    format(
                            "image: %d x %d x %d is not allowed; there must be 1 or 3 channels and pixels",
                            channels, height, width));
        }
    }

    /** Pixels of a channel. */
    public int pixels() {
        return height * width;
    }

    /** The sides in the words that models store: these never change. */
    public String stored(String word) {
        return format("%s[channels=%d, height=%d, width=%d]", word, channels, height, width);
    }

    /** Bytes of an image. */
    public int bytes() {
        return channels * pixels();
    }
}
