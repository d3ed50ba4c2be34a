// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a job can go on from. */
public final class Checkpoints {
    private static final String METADATA = "_metadata";

    private Checkpoints() {}

    /**
     * The newest complete checkpoint or savepoint below a folder.
     *
     * @param directory folder or file URI; other schemes are left to Flink and to {@code --from}
     */
    public static Optional<String> newest(String directory) {
        return newestFile(directory).map(file -> file.getParent().toUri().toString());
    }

    /**
     * When the newest complete checkpoint or savepoint below a folder was complete.
     *
     * @param directory folder or file URI; of other schemes nothing is known
     */
    public static Optional<Instant> newestAt(String directory) {
        return newestFile(directory).map(file -> modified(file).toInstant());
    }

    /**
     * Makes the folder of a job's checkpoints if it is not there, for nobody but its owner.
     *
     * @param directory folder or file URI; other schemes are left to Flink
     * @throws ConfigurationException if it cannot be made
     */
    public static void prepare(String directory) {
        Optional<Path> folder = local(directory);
        try {
            if (folder.isPresent()) {
                OwnerOnly.createDirectories(folder.get());
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + directory + " cannot be made (" + e + ")");
        }
    }

    private static Optional<Path> newestFile(String directory) {
        Optional<Path> folder = local(directory);
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder.get(), 3)) {
            return files.filter(file -> file.getFileName().toString().equals(METADATA))
                    .max(Comparator.comparing(Checkpoints::modified));
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + directory + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Path> local(String directory) {
        if (!directory.contains(":")) {
            return Optional.of(Path.of(directory));
        }
        return directory.startsWith("file:")
                ? Optional.of(Path.of(URI.create(directory)))
                : Optional.empty();
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
