// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.image.DecodeBudget;
import dev.kedge.connectors.image.ImageFile;
import dev.kedge.connectors.image.ImageSet;
import dev.kedge.connectors.image.ImageSet.LabelledImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads a folder of images in which each class has a folder of its name: PNG, JPEG, GIF or BMP, all
 * of the same sides. The first image decides whether all are read as grey, if its file holds grey
 * values, or as red, green and blue. Classes and files come in the order of their names. The whole
 * set is held in memory.
 */
public final class ImageFolderReader {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    private static final long MOST_BYTES = 256L << 20;
    private static final long MOST_PIXELS = 64L << 20;
    private static final long MOST_WORK = 32 * MOST_PIXELS;

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

    private byte[] pixels(Path file) throws IOException {
        byte[] bytes = bytes(file);
        if (ImageFile.format(bytes).isEmpty()) {
            throw new DatasetFormatException(file + " is not an image that can be read");
        }
        try {
            ImageFile image = ImageFile.of(bytes);
            if (images.isEmpty()) {
                channels = image.isGrey() ? 1 : 3;
                height = image.height();
                width = image.width();
            }
            requireSides(file, image);
            return image.pixels(channels, new DecodeBudget(MOST_WORK));
        } catch (DatasetFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new DatasetFormatException(file + " cannot be read: it is " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw DatasetFormatException.of(
                    "%s has %d bytes, at most %d are read", file, size, MOST_BYTES);
        }
        return Files.readAllBytes(file);
    }

    private void requireSides(Path file, ImageFile image) throws DatasetFormatException {
        if ((long) image.height() * image.width() > MOST_PIXELS) {
            throw DatasetFormatException.of(
                    "%s has %d x %d pixels, at most %d are read",
                    file, image.height(), image.width(), MOST_PIXELS);
        }
        if (image.height() != height || image.width() != width) {
            throw DatasetFormatException.of(
                    "%s has %d x %d pixels, the first image %d x %d",
                    file, image.height(), image.width(), height, width);
        }
    }
}
