// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            files.filter(file -> file.endsWith(CheckpointCheck.METADATA))
                    .forEach(file -> all.add(stored(file.getParent())));
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + folder + " cannot be read: " + Words.of(e));
        }
        all.sort(ORDER.of(List.copyOf(all)).reversed());
        return all;
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
