// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

/** Changes of colour, in place. Saturation, hue and grey leave grey images as they are. */
final class Colour {
    private Colour() {}

    /** Multiplies all values. */
    static void brightness(byte[] image, double factor) {
        for (int i = 0; i < image.length; i++) {
            image[i] = clipped(factor * (image[i] & 0xff));
        }
    }

    /** Moves all values away from, or towards, the mean luma. */
    static void contrast(byte[] image, ImageShape shape, double factor) {
        double sum = 0;
        for (int i = 0; i < shape.pixels(); i++) {
            sum += luma(image, shape, i);
        }
        double mean = Math.rint(sum / shape.pixels());
        for (int i = 0; i < image.length; i++) {
            image[i] = clipped(mean + factor * ((image[i] & 0xff) - mean));
        }
    }

    /** Moves all values away from, or towards, the luma of their pixel. */
    static void saturation(byte[] image, ImageShape shape, double factor) {
        if (shape.channels() == 3) {
            for (int i = 0; i < shape.pixels(); i++) {
                double luma = luma(image, shape, i);
                for (int c = 0; c < 3; c++) {
                    int at = c * shape.pixels() + i;
                    image[at] = clipped(luma + factor * ((image[at] & 0xff) - luma));
                }
            }
        }
    }

    /** Makes all three channels the luma. */
    static void grey(byte[] image, ImageShape shape) {
        saturation(image, shape, 0);
    }

    /**
     * Turns the hue.
     *
     * @param turn part of the circle: a third makes red green
     */
    static void hue(byte[] image, ImageShape shape, double turn) {
        if (shape.channels() == 3) {
            for (int i = 0; i < shape.pixels(); i++) {
                turn(image, i, i + shape.pixels(), i + 2 * shape.pixels(), turn);
            }
        }
    }

    /** By way of hue, saturation and value. */
    private static void turn(byte[] image, int atRed, int atGreen, int atBlue, double turn) {
        double red = image[atRed] & 0xff;
        double green = image[atGreen] & 0xff;
        double blue = image[atBlue] & 0xff;
        double value = Math.max(red, Math.max(green, blue));
        double chroma = value - Math.min(red, Math.min(green, blue));
        if (chroma == 0) {
            return;
        }
        double sextant;
        if (value == red) {
            sextant = (green - blue) / chroma;
        } else if (value == green) {
            sextant = 2 + (blue - red) / chroma;
        } else {
            sextant = 4 + (red - green) / chroma;
        }
        double turned = sextant + 6 * turn + 12;
        image[atRed] = channel(turned + 5, value, chroma);
        image[atGreen] = channel(turned + 3, value, chroma);
        image[atBlue] = channel(turned + 1, value, chroma);
    }

    private static byte channel(double sextant, double value, double chroma) {
        double k = sextant % 6;
        return clipped(value - chroma * Math.max(0, Math.min(1, Math.min(k, 4 - k))));
    }

    private static double luma(byte[] image, ImageShape shape, int pixel) {
        if (shape.channels() == 1) {
            return image[pixel] & 0xff;
        }
        int plane = shape.pixels();
        return Math.rint(
                0.299 * (image[pixel] & 0xff)
                        + 0.587 * (image[plane + pixel] & 0xff)
                        + 0.114 * (image[2 * plane + pixel] & 0xff));
    }

    private static byte clipped(double value) {
        return (byte) Math.round(Math.min(255, Math.max(0, value)));
    }
}
