// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import dev.kedge.state.random.RestorableRandom;
import java.util.Optional;

/**
 * Cuts a random rectangle out of an image and makes it as large as the image: its area is uniform
 * between a least share and all, its aspect log-uniform. A rectangle that does not fit is drawn
 * again, ten times at most.
 */
final class RandomCrop {
    private static final int TRIES = 10;

    private final ImageShape shape;
    private final double leastArea;
    private final double aspect;

    /**
     * Crops of images of a shape.
     *
     * @param leastArea smallest part of the image that is kept
     * @param aspect widest that it is, as width by height; its inverse is the narrowest
     */
    RandomCrop(ImageShape shape, double leastArea, double aspect) {
        this.shape = shape;
        this.leastArea = leastArea;
        this.aspect = aspect;
    }

    /** A new image; empty if no rectangle fitted. */
    Optional<byte[]> of(byte[] image, RestorableRandom random) {
        for (int i = 0; i < TRIES; i++) {
            double area = shape.pixels() * between(leastArea, 1, random);
            double log = Math.log(aspect);
            double drawn = Math.exp(between(-log, log, random));
            int width = (int) Math.round(Math.sqrt(area * drawn));
            int height = (int) Math.round(Math.sqrt(area / drawn));
            if (width > 0 && width <= shape.width() && height > 0 && height <= shape.height()) {
                int top = random.nextInt(shape.height() - height + 1);
                int left = random.nextInt(shape.width() - width + 1);
                return Optional.of(Geometry.crop(image, shape, top, left, height, width));
            }
        }
        return Optional.empty();
    }

    /** A number between two, uniform. */
    static double between(double min, double max, RestorableRandom random) {
        return min + (max - min) * random.nextDouble();
    }
}
