// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import dev.kedge.operators.image.ImageShape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pixels as models read them: one byte a value, channel by channel, row by row. */
public final class Pixels {
    private Pixels() {}

    /** Whether an image has one channel that is no index of colours. */
    public static boolean isGrey(BufferedImage image) {
        return image.getRaster().getNumBands() == 1
                && !(image.getColorModel() instanceof IndexColorModel);
    }

    /**
     * The pixels of an image. Grey values are as they are in the file: a conversion by colour space
     * would change them. Colours become grey by ITU-R BT.601.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     */
    public static byte[] of(BufferedImage image, int channels) {
        return channels == 1 ? grey(image) : colours(image);
    }

    private static byte[] grey(BufferedImage image) {
        byte[] pixels = new byte[image.getHeight() * image.getWidth()];
        boolean plain = isGrey(image);
        for (int i = 0; i < pixels.length; i++) {
            int x = i % image.getWidth();
            int y = i / image.getWidth();
            pixels[i] =
                    (byte)
                            (plain
                                    ? image.getRaster().getSample(x, y, 0)
                                    : luma(image.getRGB(x, y)));
        }
        return pixels;
    }

    private static long luma(int rgb) {
        return Math.round(
                0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff));
    }

    private static byte[] colours(BufferedImage image) {
        int plane = image.getHeight() * image.getWidth();
        byte[] pixels = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
            pixels[i] = (byte) (rgb >> 16);
            pixels[plane + i] = (byte) (rgb >> 8);
            pixels[2 * plane + i] = (byte) rgb;
        }
        return pixels;
    }

    /**
     * Decodes a file. Its sides are looked at first, so that a small file cannot ask for much
     * memory.
     *
     * @param format {@code png} or {@code jpeg}
     * @throws IOException if it is no such file, is damaged or has other sides
     */
    public static byte[] decode(byte[] file, String format, ImageShape shape) throws IOException {
        return read(
                        file,
                        format,
                        shape.channels(),
                        (height, width) -> height == shape.height() && width == shape.width())
                .pixels();
    }

    /**
     * Decodes a file of any sides, in colour. Its sides are looked at first.
     *
     * @param format {@code png} or {@code jpeg}
     * @param most most pixels that it may have
     * @throws IOException if it is no such file, is damaged or has more pixels
     */
    public static Thumbnail thumbnail(byte[] file, String format, int most) throws IOException {
        return read(file, format, 3, (height, width) -> (long) height * width <= most);
    }

    private static Thumbnail read(byte[] file, String format, int channels, Sides sides)
            throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new IOException("nothing reads " + format);
        }
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            int height = reader.getHeight(0);
            int width = reader.getWidth(0);
            if (!sides.fit(height, width)) {
                throw new IOException("%d x %d pixels".formatted(height, width));
            }
            return new Thumbnail(
                    new ImageShape(channels, height, width), of(reader.read(0), channels));
        } catch (RuntimeException e) {
            // The readers of the JDK answer some damage with exceptions of arrays and numbers.
            throw new IOException("damaged: " + e, e);
        } finally {
            reader.dispose();
        }
    }

    /** Whether an image may have these sides. */
    @FunctionalInterface
    private interface Sides {
        boolean fit(int height, int width);
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
