// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.image.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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
            int given = image.pixels().length;
            int wanted = channels * height * width;
            if (given != wanted) {
                String sides = channels + " x " + height + " x " + width;
                throw new IllegalArgumentException(
                        format("an image has %d values, %s have %d", given, sides, wanted));
            }
        }
    }

    /** Sides of each image. */
    public ImageShape shape() {
        return new ImageShape(channels, height, width);
    }

    /** The pixels of each class's images, by its name. */
    public SortedMap<String, List<byte[]>> byLabel() {
        SortedMap<String, List<byte[]>> byLabel = new TreeMap<>();
        for (LabelledImage image : images) {
            byLabel.computeIfAbsent(image.label(), name -> new ArrayList<>()).add(image.pixels());
        }
        return byLabel;
    }

    /** The pixels of all images. */
    public List<byte[]> pixels() {
        return images.stream().map(LabelledImage::pixels).toList();
    }

    /**
     * One image.
     *
     * @param pixels one byte a value, channel by channel, row by row; not copied
     * @param label name of its class
     */
    public record LabelledImage(byte[] pixels, String label) {}
}
