// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** JPEG files that the JDK writes, and what can be put into them. */
public final class MadeJpeg {
    private MadeJpeg() {}

    /** A file of an image. */
    public static byte[] of(BufferedImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        if (progressive) {
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /** A file with something put so many times before a place. */
    public static byte[] with(byte[] file, int at, int times, int... bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, at);
        for (int i = 0; i < times; i++) {
            for (int one : bytes) {
                out.write(one);
            }
        }
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }

    /** A progressive file with so many scans of nothing before its end. */
    public static byte[] withEmptyScans(byte[] progressive, int scans) {
        return with(
                progressive, progressive.length - 2, scans, 0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0);
    }

    /** Where a marker is first. */
    public static int find(byte[] file, int marker) {
        for (int i = 0; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xff && file[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new IllegalArgumentException("no marker " + marker);
    }
}
