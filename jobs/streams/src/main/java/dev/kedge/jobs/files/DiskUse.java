// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.files;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What the files below a folder take.
 *
 * @param folder the folder
 * @param bytes the sum of their lengths
 */
public record DiskUse(Path folder, long bytes) {
    private static final long KILOBYTE = 1 << 10;
    private static final long MEGABYTE = 1 << 20;

    /** Adds up what is there now; files that go meanwhile count or do not. */
    public static DiskUse of(Path folder) {
        long[] bytes = {0};
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
                            bytes[0] += is.size();
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path each, IOException gone) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // No visit fails; what could not be walked counts nothing.
            return new DiskUse(folder, bytes[0]);
        }
        return new DiskUse(folder, bytes[0]);
    }

    /** In words. */
    public String size() {
        return size(bytes);
    }

    /** A number of bytes in words: {@code 12 KB}, {@code 3.4 MB}. */
    public static String size(long bytes) {
        if (bytes < KILOBYTE) {
            return bytes + " B";
        }
        return bytes < MEGABYTE
                ? format("%,.0f KB", (double) bytes / KILOBYTE)
                : format("%,.1f MB", (double) bytes / MEGABYTE);
    }
}
