// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.image.ImageSet;
import dev.kedge.connectors.image.ImageSet.LabelledImage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads MNIST and those after its pattern (Fashion-MNIST, KMNIST) in the IDX format: a file of
 * images (magic 0x803, count, rows, columns, bytes) and one of labels (magic 0x801, count, bytes),
 * numbers big-endian, either as they are or compressed by gzip. Labels are named by their number.
 * The whole set is held in memory.
 */
public final class MnistReader {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final int LARGEST_SIDE = 4096;

    private MnistReader() {}

    /**
     * Reads a set.
     *
     * @param images file of images
     * @param labels file of as many labels
     * @throws DatasetFormatException if one is not of the format, or they do not belong together
     * @throws IOException if one cannot be read
     */
    public static ImageSet read(Path images, Path labels) throws IOException {
        byte[] classes = labels(labels);
        try (DataInputStream in = open(images)) {
            requireMagic(in, images, IMAGES);
            int count = readInt(in, images);
            int height = side(in, images, "rows");
            int width = side(in, images, "columns");
            if (count != classes.length) {
                throw DatasetFormatException.of(
                        "%s has %d images, %s has %d labels",
                        images, count, labels, classes.length);
            }
            List<LabelledImage> all = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                byte[] pixels = bytes(in, images, height * width);
                all.add(new LabelledImage(pixels, String.valueOf(classes[i] & 0xff)));
            }
            return new ImageSet(1, height, width, all);
        }
    }

    private static byte[] labels(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            requireMagic(in, file, LABELS);
            int count = readInt(in, file);
            if (count < 0) {
                throw DatasetFormatException.of("%s: %d labels", file, count);
            }
            return bytes(in, file, count);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        raw.mark(2);
        boolean compressed = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return new DataInputStream(
                compressed ? new BufferedInputStream(new GZIPInputStream(raw)) : raw);
    }

    private static void requireMagic(DataInputStream in, Path file, int wanted) throws IOException {
        int magic = readInt(in, file);
        if (magic != wanted) {
            throw DatasetFormatException.of(
                    "%s begins with 0x%x, a file of %s with 0x%x",
                    file, magic, wanted == IMAGES ? "images" : "labels", wanted);
        }
    }

    private static int side(DataInputStream in, Path file, String name) throws IOException {
        int side = readInt(in, file);
        if (side < 1 || side > LARGEST_SIDE) {
            throw DatasetFormatException.of(
                    "%s: %d %s, allowed: 1 to %d", file, side, name, LARGEST_SIDE);
        }
        return side;
    }

    private static int readInt(DataInputStream in, Path file) throws IOException {
        try {
            return in.readInt();
        } catch (EOFException e) {
            throw truncated(file);
        }
    }

    private static byte[] bytes(DataInputStream in, Path file, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw truncated(file);
        }
        return bytes;
    }

    private static DatasetFormatException truncated(Path file) {
        return new DatasetFormatException(file + " ends in the middle of its data");
    }
}
