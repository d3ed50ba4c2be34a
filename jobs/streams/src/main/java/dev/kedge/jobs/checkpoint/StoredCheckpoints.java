// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which complete checkpoints and savepoints lie below a job's folder. */
public final class StoredCheckpoints {
    private static final CheckpointOrder<StoredCheckpoint, Path> ORDER =
            new CheckpointOrder<>(
                    StoredCheckpoint::run, StoredCheckpoint::number, StoredCheckpoint::completed);
    private static final int DEPTH = 3;

    private StoredCheckpoints() {}

    /**
     * A folder of this machine.
     *
     * @param directory folder or file URI
     * @return empty for other schemes
     */
    public static Optional<Path> local(String directory) {
        if (!directory.contains(":")) {
            return Optional.of(Path.of(directory));
        }
        return directory.startsWith("file:")
                ? Optional.of(Path.of(URI.create(directory)))
                : Optional.empty();
    }

    /** Folder of the newest. */
    public static Optional<Path> newest(Path folder) {
        return newestFirst(folder).stream().findFirst().map(StoredCheckpoint::folder);
    }

    /** When the last of all was complete, in milliseconds since 1970. */
    public static OptionalLong newestAt(Path folder) {
        return newestFirst(folder).stream().mapToLong(StoredCheckpoint::completed).max();
    }

    /**
     * All of them, in {@link CheckpointOrder}. Of those that have checksums, the time in there
     * counts.
     */
    static List<StoredCheckpoint> newestFirst(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        List<StoredCheckpoint> all = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEPTH, new Finder(all));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + folder + " cannot be read: " + Words.of(e));
        }
        all.sort(ORDER.of(List.copyOf(all)).reversed());
        return all;
    }

    /** Flink deletes old checkpoints, and their files, while they are looked for. */
    private static final class Finder extends SimpleFileVisitor<Path> {
        private final List<StoredCheckpoint> found;

        Finder(List<StoredCheckpoint> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith(CheckpointCheck.METADATA)) {
                found.add(stored(file.getParent()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            return unlessGone(problem);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path each, IOException problem)
                throws IOException {
            return unlessGone(problem);
        }

        private static FileVisitResult unlessGone(IOException problem) throws IOException {
            if (problem == null || problem instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }
    }

    private static StoredCheckpoint stored(Path folder) {
        OptionalLong number = CheckpointOrder.number(folder.getFileName().toString());
        return new StoredCheckpoint(
                folder,
                number.isPresent() ? folder.getParent() : folder,
                number.orElse(0),
                completed(folder));
    }

    private static long completed(Path folder) {
        return Checksums.completed(Checksums.fileOf(folder)).orElseGet(() -> modified(folder));
    }

    private static long modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder.resolve(CheckpointCheck.METADATA)).toMillis();
        } catch (IOException e) {
            // Flink deletes old checkpoints while they are looked at.
            return 0;
        }
    }
}
