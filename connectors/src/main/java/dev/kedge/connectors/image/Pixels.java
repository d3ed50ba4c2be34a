// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.image.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pixels as models read them: one byte a value, channel by channel, row by row. */
public final class Pixels {
    /**
     * Longest side of a thumbnail: scaling holds a row of the encoder's width for each of its rows.
     */
    public static final int MOST_SIDE = 8192;

    private Pixels() {}

    /**
     * The pixels of an image, of 8 bits each. Grey values are as they are in the file, also where
     * colours are wanted: the JDK holds them to be linear, and its conversion would make 137 of 64.
     * Of 16 bits the upper 8 are taken. Colours become grey by ITU-R BT.601. Transparency is not
     * looked at.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     */
    static byte[] of(BufferedImage image, int channels) {
        int plane = image.getHeight() * image.getWidth();
        byte[] pixels = new byte[channels * plane];
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            colours(image, y, row);
            int from = y * row.length;
            for (int x = 0; x < row.length; x++) {
                int rgb = row[x];
                if (channels == 1) {
                    pixels[from + x] = (byte) luma(rgb);
                } else {
                    pixels[from + x] = (byte) (rgb >> 16);
                    pixels[plane + from + x] = (byte) (rgb >> 8);
                    pixels[2 * plane + from + x] = (byte) rgb;
                }
            }
        }
        return pixels;
    }

    /** A row of pixels, red, green and blue in an integer each. */
    private static void colours(BufferedImage image, int y, int[] out) {
        Raster raster = image.getRaster();
        int bits = raster.getSampleModel().getSampleSize(0);
        if (image.getColorModel() instanceof IndexColorModel palette) {
            raster.getSamples(0, y, out.length, 1, 0, out);
            for (int x = 0; x < out.length; x++) {
                out[x] = palette.getRGB(out[x]);
            }
        } else if (raster.getNumBands() <= 2) {
            raster.getSamples(0, y, out.length, 1, 0, out);
            for (int x = 0; x < out.length; x++) {
                out[x] = (out[x] >> Math.max(0, bits - 8)) * 0x010101;
            }
        } else if (bits > 8) {
            int[] values = raster.getPixels(0, y, out.length, 1, (int[]) null);
            int bands = raster.getNumBands();
            for (int x = 0; x < out.length; x++) {
                out[x] = 0;
                for (int c = 0; c < 3; c++) {
                    out[x] = out[x] << 8 | values[x * bands + c] >> (bits - 8);
                }
            }
        } else {
            image.getRGB(0, y, out.length, 1, out, 0, out.length);
        }
    }

    private static long luma(int rgb) {
        return Math.round(
                0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff));
    }

    /**
     * Decodes a file. Its structure and its sides are looked at first, so that a small file cannot
     * ask for much memory or time.
     *
     * @throws IOException if it is no such file, is damaged or breaks off, has other sides, or asks
     *     for more than the budget has left
     */
    public static byte[] decode(
            byte[] file, ImageFile.Format format, ImageShape shape, DecodeBudget budget)
            throws IOException {
        ImageFile image = ImageFile.of(file, format);
        if (image.height() != shape.height() || image.width() != shape.width()) {
            throw otherSides(image);
        }
        return image.pixels(shape.channels(), budget);
    }

    /** The same, as the only image of its record. */
    public static byte[] decode(byte[] file, ImageFile.Format format, ImageShape shape)
            throws IOException {
        return decode(file, format, shape, DecodeBudget.ofRecord());
    }

    /**
     * Decodes a file of sides up to {@link #MOST_SIDE}, in colour, after {@link #check}.
     *
     * @param most most pixels that it may have
     * @throws IOException if it is no such file, is damaged, has more pixels or is built to cost
     *     too much
     */
    public static Thumbnail thumbnail(byte[] file, ImageFile.Format format, int most)
            throws IOException {
        ImageFile image = check(file, format, most);
        return new Thumbnail(
                new ImageShape(3, image.height(), image.width()),
                image.pixels(3, DecodeBudget.ofRecord()));
    }

    /**
     * Checks a file of sides up to {@link #MOST_SIDE} without decoding it: what nobody looks at
     * must cost nothing.
     *
     * @param most most pixels that it may have
     * @throws IOException if it is no such file, breaks off, has more pixels or is built to cost
     *     too much
     */
    public static ImageFile check(byte[] file, ImageFile.Format format, int most)
            throws IOException {
        ImageFile image = ImageFile.of(file, format);
        boolean narrow = Math.max(image.height(), image.width()) > MOST_SIDE;
        if (narrow || (long) image.height() * image.width() > most) {
            throw otherSides(image);
        }
        DecodeBudget.ofRecord().take(image);
        return image;
    }

    private static IOException otherSides(ImageFile image) {
        return new IOException(format("%d x %d pixels", image.height(), image.width()));
    }

    /** A PNG file of pixels. */
    public static byte[] png(byte[] pixels, ImageShape shape) {
        BufferedImage image =
                new BufferedImage(
                        shape.width(),
                        shape.height(),
                        shape.channels() == 1
                                ? BufferedImage.TYPE_BYTE_GRAY
                                : BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < shape.pixels(); i++) {
            int x = i % shape.width();
            int y = i / shape.width();
            if (shape.channels() == 1) {
                image.getRaster().setSample(x, y, 0, pixels[i] & 0xff);
            } else {
                int red = pixels[i] & 0xff;
                int green = pixels[shape.pixels() + i] & 0xff;
                int blue = pixels[2 * shape.pixels() + i] & 0xff;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
