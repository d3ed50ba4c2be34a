// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.image.ImageSet;
import dev.kedge.connectors.image.ImageSet.LabelledImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads CIFAR-10 and CIFAR-100 in their binary format: for each image its label, then 3 x 32 x 32
 * bytes. CIFAR-100 has two labels, of which the second, the fine one, is taken. Labels are named by
 * their number. The whole set is held in memory.
 */
public final class CifarReader {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private CifarReader() {}

    /** Which of the two sets. */
    public enum Variant {
        /** One label of 10. */
        CIFAR_10(1, 10),
        /** A coarse label of 20, then a fine one of 100. */
        CIFAR_100(2, 100);

        private final int labels;
        private final int classes;

        Variant(int labels, int classes) {
            this.labels = labels;
            this.classes = classes;
        }
    }

    /**
     * Reads files one after another.
     *
     * @throws DatasetFormatException if one is not of the format
     * @throws IOException if one cannot be read
     */
    public static ImageSet read(Variant variant, List<Path> files) throws IOException {
        List<LabelledImage> images = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                read(variant, file, in, images);
            }
        }
        return new ImageSet(3, SIDE, SIDE, images);
    }

    private static void read(Variant variant, Path file, InputStream in, List<LabelledImage> images)
            throws IOException {
        int length = variant.labels + PIXELS;
        byte[] record = in.readNBytes(length);
        while (record.length == length) {
            int label = record[variant.labels - 1] & 0xff;
            if (label >= variant.classes) {
                throw DatasetFormatException.of(
                        "%s: label %d, %s has %d classes", file, label, variant, variant.classes);
            }
            byte[] pixels = Arrays.copyOfRange(record, variant.labels, length);
            images.add(new LabelledImage(pixels, String.valueOf(label)));
            record = in.readNBytes(length);
        }
        if (record.length > 0) {
            throw DatasetFormatException.of(
                    "%s ends with %d bytes, an image has %d", file, record.length, length);
        }
    }
}
