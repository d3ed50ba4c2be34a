// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

/** Changes of place. All make a new image. */
final class Geometry {
    private Geometry() {}

    /** Mirrors left and right. */
    static byte[] flip(byte[] image, ImageShape shape) {
        byte[] flipped = new byte[image.length];
        int width = shape.width();
        for (int row = 0; row < shape.channels() * shape.height(); row++) {
            for (int x = 0; x < width; x++) {
                flipped[row * width + x] = image[row * width + width - 1 - x];
            }
        }
        return flipped;
    }

    /**
     * Cuts a rectangle out and enlarges it to the whole image by bilinear interpolation between the
     * centres of pixels; beyond the rectangle its edge goes on.
     */
    static byte[] crop(byte[] image, ImageShape shape, int top, int left, int height, int width) {
        byte[] cropped = new byte[image.length];
        for (int y = 0; y < shape.height(); y++) {
            double atY = source(y, height, shape.height());
            int y0 = (int) atY;
            int y1 = Math.min(y0 + 1, height - 1);
            for (int x = 0; x < shape.width(); x++) {
                double atX = source(x, width, shape.width());
                int x0 = (int) atX;
                int x1 = Math.min(x0 + 1, width - 1);
                for (int c = 0; c < shape.channels(); c++) {
                    int plane = c * shape.pixels();
                    double upper =
                            between(
                                    image[plane + (top + y0) * shape.width() + left + x0],
                                    image[plane + (top + y0) * shape.width() + left + x1],
                                    atX - x0);
                    double lower =
                            between(
                                    image[plane + (top + y1) * shape.width() + left + x0],
                                    image[plane + (top + y1) * shape.width() + left + x1],
                                    atX - x0);
                    double value = upper + (atY - y0) * (lower - upper);
                    cropped[plane + y * shape.width() + x] = (byte) Math.round(value);
                }
            }
        }
        return cropped;
    }

    /**
     * Turns an image around its centre by bilinear interpolation between the centres of pixels;
     * beyond the image its edge goes on.
     *
     * @param angle in radians
     */
    static byte[] rotate(byte[] image, ImageShape shape, double angle) {
        byte[] rotated = new byte[image.length];
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double middleX = (shape.width() - 1) / 2.0;
        double middleY = (shape.height() - 1) / 2.0;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                double right = x - middleX;
                double down = y - middleY;
                double atX = inside(middleX + cos * right + sin * down, shape.width());
                double atY = inside(middleY - sin * right + cos * down, shape.height());
                for (int c = 0; c < shape.channels(); c++) {
                    rotated[c * shape.pixels() + y * shape.width() + x] =
                            at(image, shape, c, atX, atY);
                }
            }
        }
        return rotated;
    }

    private static double inside(double at, int size) {
        return Math.min(Math.max(at, 0), size - 1.0);
    }

    private static byte at(byte[] image, ImageShape shape, int channel, double x, double y) {
        int x0 = (int) x;
        int y0 = (int) y;
        int x1 = Math.min(x0 + 1, shape.width() - 1);
        int y1 = Math.min(y0 + 1, shape.height() - 1);
        int upperRow = channel * shape.pixels() + y0 * shape.width();
        int lowerRow = channel * shape.pixels() + y1 * shape.width();
        double upper = between(image[upperRow + x0], image[upperRow + x1], x - x0);
        double lower = between(image[lowerRow + x0], image[lowerRow + x1], x - x0);
        return (byte) Math.round(upper + (y - y0) * (lower - upper));
    }

    private static double source(int at, int from, int to) {
        double centre = (at + 0.5) * from / to - 0.5;
        return Math.min(Math.max(centre, 0), from - 1.0);
    }

    private static double between(byte a, byte b, double share) {
        return (a & 0xff) + share * ((b & 0xff) - (a & 0xff));
    }
}
