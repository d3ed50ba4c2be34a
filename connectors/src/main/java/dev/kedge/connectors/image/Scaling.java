// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import dev.kedge.operators.image.ImageShape;

/**
 * Brings images to a size by bilinear interpolation, with the centres of pixels on each other.
 * Where an image shrinks, the triangle is as wide as the pixels that one pixel stands for, so that
 * none of them is skipped: the filter of Pillow and of torchvision with antialias. Plain Java, in a
 * fixed order: the same bytes on every machine.
 */
public final class Scaling {
    private Scaling() {}

    /**
     * Scales an image; its sides need not keep their proportion.
     *
     * @param out receives the values, 0 to 255, channel by channel, row by row
     */
    public static void to(int height, int width, Thumbnail image, float[] out) {
        ImageShape from = image.shape();
        Weights across = new Weights(from.width(), width);
        Weights down = new Weights(from.height(), height);
        double[] narrowed = new double[from.height() * width];
        for (int c = 0; c < from.channels(); c++) {
            for (int y = 0; y < from.height(); y++) {
                int row = c * from.pixels() + y * from.width();
                for (int x = 0; x < width; x++) {
                    double sum = 0;
                    for (int k = across.first(x); k < across.end(x); k++) {
                        sum += across.of(x, k) * (image.pixels()[row + k] & 0xff);
                    }
                    narrowed[y * width + x] = sum;
                }
            }
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double sum = 0;
                    for (int k = down.first(y); k < down.end(y); k++) {
                        sum += down.of(y, k) * narrowed[k * width + x];
                    }
                    out[(c * height + y) * width + x] = (float) sum;
                }
            }
        }
    }

    /** How much each old pixel of a side counts for each new one. */
    private static final class Weights {
        private final int[] first;
        private final double[][] weights;

        Weights(int from, int to) {
            first = new int[to];
            weights = new double[to][];
            double scale = (double) from / to;
            double reach = Math.max(1, scale);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                first[i] = Math.max(0, (int) (centre - reach + 0.5));
                int end = Math.min(from, (int) (centre + reach + 0.5));
                weights[i] = new double[end - first[i]];
                double sum = 0;
                for (int k = 0; k < weights[i].length; k++) {
                    double distance = Math.abs(first[i] + k + 0.5 - centre) / reach;
                    weights[i][k] = Math.max(0, 1 - distance);
                    sum += weights[i][k];
                }
                for (int k = 0; k < weights[i].length; k++) {
                    weights[i][k] /= sum;
                }
            }
        }

        int first(int i) {
            return first[i];
        }

        int end(int i) {
            return first[i] + weights[i].length;
        }

        double of(int i, int k) {
            return weights[i][k - first[i]];
        }
    }
}
