// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.dataset;

import dev.kedge.connectors.dataset.ImageSet.LabelledImage;
import dev.kedge.connectors.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads a folder of images in which each class has a folder of its name: PNG, JPEG, GIF or BMP, all
 * of the same sides. The first image decides whether all are read as grey or as red, green and
 * blue. Classes and files come in the order of their names. The whole set is held in memory.
 */
public final class ImageFolderReader {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    private static final int LARGEST_SIDE = 4096;

    private final List<LabelledImage> images = new ArrayList<>();
    private final int perClass;
    private int channels;
    private int height;
    private int width;

    private ImageFolderReader(int perClass) {
        this.perClass = perClass;
    }

    /**
     * Reads a set.
     *
     * @param perClass how many images of each class to read, the first by name; 0 for all
     * @throws DatasetFormatException if there is no image, one cannot be decoded, or their sides
     *     differ
     * @throws IOException if the folder or a file cannot be read
     */
    public static ImageSet read(Path folder, int perClass) throws IOException {
        ImageFolderReader reader = new ImageFolderReader(perClass);
        for (Path one : sorted(folder)) {
            if (Files.isDirectory(one)) {
                reader.readClass(one);
            }
        }
        if (reader.images.isEmpty()) {
            throw new DatasetFormatException(
                    folder + " has no images; there must be a folder of images for each class");
        }
        return new ImageSet(reader.channels, reader.height, reader.width, reader.images);
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void readClass(Path folder) throws IOException {
        int left = perClass > 0 ? perClass : Integer.MAX_VALUE;
        for (Path file : sorted(folder)) {
            if (left > 0 && isImage(file)) {
                images.add(new LabelledImage(pixels(file), folder.getFileName().toString()));
                left--;
            }
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** Decodes a file, whose sides are looked at first: a small file may claim a large image. */
    private static BufferedImage decoded(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw unreadable(file, "of no known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                requireSides(file, reader.getHeight(0), reader.getWidth(0));
                return reader.read(0);
            } catch (RuntimeException e) {
                // The readers of the JDK answer some damage with exceptions of arrays and numbers.
                throw unreadable(file, "damaged");
            } finally {
                reader.dispose();
            }
        }
    }

    private static void requireSides(Path file, int height, int width)
            throws DatasetFormatException {
        if (height > LARGEST_SIDE || width > LARGEST_SIDE) {
            throw new DatasetFormatException(
                    "%s claims %d x %d pixels, allowed: %d x %d"
                            .formatted(file, height, width, LARGEST_SIDE, LARGEST_SIDE));
        }
    }

    private static DatasetFormatException unreadable(Path file, String why) {
        return new DatasetFormatException(file + " is not an image that can be read: " + why);
    }

    private byte[] pixels(Path file) throws IOException {
        BufferedImage image = decoded(file);
        if (images.isEmpty()) {
            channels = Pixels.isGrey(image) ? 1 : 3;
            height = image.getHeight();
            width = image.getWidth();
        }
        if (image.getHeight() != height || image.getWidth() != width) {
            throw new DatasetFormatException(
                    "%s has %d x %d pixels, the first image %d x %d"
                            .formatted(file, image.getHeight(), image.getWidth(), height, width));
        }
        return Pixels.of(image, channels);
    }
}
