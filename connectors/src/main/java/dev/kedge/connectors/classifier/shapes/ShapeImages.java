// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.classifier.shapes;

import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;

/** Makes images of shapes: discs, squares and crosses, striped or not, in two colours. */
public final class ShapeImages {
    private static final int KINDS = 3;

    private ShapeImages() {}

    /**
     * Makes images.
     *
     * @param shape sides of each, channel by channel
     * @param seed start of all that is drawn
     */
    public static List<byte[]> make(int count, ImageShape shape, long seed) {
        RestorableRandom random = RestorableRandom.seeded(seed, "shapes");
        List<byte[]> images = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            images.add(draw(shape, random));
        }
        return images;
    }

    private static byte[] draw(ImageShape shape, RestorableRandom random) {
        int kind = random.nextInt(KINDS);
        int stripes = random.nextInt(4);
        double size = 0.55 + 0.4 * random.nextDouble();
        int[] inside = colour(shape, random);
        int[] striped = colour(shape, random);
        int[] outside = colour(shape, random);
        byte[] image = new byte[shape.bytes()];
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                double right = 2.0 * x / (shape.width() - 1) - 1;
                double down = 2.0 * y / (shape.height() - 1) - 1;
                boolean stripe = stripes > 0 && (int) ((right + 1) * 2 * stripes) % 2 == 1;
                int[] colour = stripe ? striped : inside;
                if (!covers(kind, right / size, down / size)) {
                    colour = outside;
                }
                for (int c = 0; c < shape.channels(); c++) {
                    image[c * shape.pixels() + y * shape.width() + x] = (byte) colour[c];
                }
            }
        }
        return image;
    }

    private static int[] colour(ImageShape shape, RestorableRandom random) {
        int[] colour = new int[shape.channels()];
        for (int c = 0; c < colour.length; c++) {
            colour[c] = random.nextInt(256);
        }
        return colour;
    }

    private static boolean covers(int kind, double x, double y) {
        return switch (kind) {
            case 0 -> x * x + y * y <= 1;
            case 1 -> Math.max(Math.abs(x), Math.abs(y)) <= 0.85;
            default ->
                    Math.min(Math.abs(x), Math.abs(y)) <= 0.3
                            && Math.max(Math.abs(x), Math.abs(y)) <= 1;
        };
    }
}
