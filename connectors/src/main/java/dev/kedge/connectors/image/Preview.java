// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import dev.kedge.operators.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A small copy of a picture, drawn from its pixels alone: nothing else of the file that came
 * reaches whoever looks at it.
 *
 * @param width columns of pixels
 * @param height rows of pixels
 * @param jpeg the copy as a JPEG file; not copied
 */
public record Preview(int width, int height, byte[] jpeg) {
    /** The longest side of a copy, in pixels. */
    public static final int MOST_SIDE = 240;

    /**
     * What decoding one may cost, in pixels times scans: an eighth of what a record may ask a model
     * for. Whoever shows pictures must not fall behind because of one.
     */
    static final long MOST_WORK = 4L << 20;

    /**
     * Copies a file, after {@link Pixels#check}. What is smaller than a copy may be is not
     * enlarged.
     *
     * @param most most pixels that it may have
     * @throws IOException if it is no such file, is damaged, has more pixels or is built to cost
     *     too much
     */
    public static Preview of(byte[] file, ImageFile.Format format, int most) throws IOException {
        ImageFile image = Pixels.check(file, format, most);
        byte[] pixels = image.pixels(3, new DecodeBudget(MOST_WORK));
        ImageShape shape = new ImageShape(3, image.height(), image.width());
        return of(new Thumbnail(shape, pixels));
    }

    private static Preview of(Thumbnail from) {
        int rows = from.shape().height();
        int columns = from.shape().width();
        double scale = Math.min(1, (double) MOST_SIDE / Math.max(rows, columns));
        int height = Math.max(1, (int) Math.round(rows * scale));
        int width = Math.max(1, (int) Math.round(columns * scale));
        float[] values = new float[3 * height * width];
        Scaling.to(height, width, from, values);
        return new Preview(width, height, jpeg(values, height, width));
    }

    private static byte[] jpeg(float[] values, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int plane = height * width;
        for (int i = 0; i < plane; i++) {
            int red = Math.round(values[i]);
            int green = Math.round(values[plane + i]);
            int blue = Math.round(values[2 * plane + i]);
            image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        // ImageIO.write would go by way of a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
