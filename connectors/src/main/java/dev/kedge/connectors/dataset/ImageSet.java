// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.dataset;

import java.util.List;
import java.util.Locale;

/**
 * Labelled images of the same sides, in the order of their file.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width columns of pixels
 * @param images the images
 */
public record ImageSet(int channels, int height, int width, List<LabelledImage> images) {
    /** Freezes the list and checks the sides. */
    public ImageSet {
        images = List.copyOf(images);
        for (LabelledImage image : images) {
            if (image.pixels().length != channels * height * width) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "an image has %d values, %d x %d x %d have %d",
                                image.pixels().length,
                                channels,
                                height,
                                width,
                                channels * height * width));
            }
        }
    }

    /**
     * One image.
     *
     * @param pixels one byte a value, channel by channel, row by row; not copied
     * @param label name of its class
     */
    public record LabelledImage(byte[] pixels, String label) {}
}
