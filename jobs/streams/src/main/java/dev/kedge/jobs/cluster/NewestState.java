// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import dev.kedge.jobs.checkpoint.CheckpointOrder;
import dev.kedge.jobs.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Finds the newest complete checkpoint or savepoint of a job, on any file system of Flink, in
 * {@link CheckpointOrder}.
 */
public final class NewestState {
    private static final String METADATA = "_metadata";
    private static final CheckpointOrder<Found, String> ORDER =
            new CheckpointOrder<>(found -> found.run().toString(), Found::number, Found::completed);

    /** A checkpoint lies in the folder of its run, a savepoint in the job's own. */
    private static final int DEPTH = 2;

    /** What checkpoints share lies there, in many files, and no checkpoint. */
    private static final Set<String> LARGE = Set.of("shared", "taskowned");

    private record Found(Path folder, Path run, long number, long completed) {}

    private final FileSystem files;
    private final List<Found> found = new ArrayList<>();

    private NewestState(FileSystem files) {
        this.files = files;
    }

    /**
     * The newest of a job.
     *
     * @param folder the job's folder, with its scheme
     * @return empty if there is none
     * @throws ConfigurationException if the folder cannot be read
     */
    public static Optional<String> below(String folder) {
        Path root = new Path(folder);
        try {
            NewestState search = new NewestState(root.getFileSystem());
            search.walk(root, DEPTH);
            return search.newest();
        } catch (IOException e) {
            throw ConfigurationException.of(
                    "%s: cannot be looked through for a checkpoint to go on from (%s); start anew with --fresh, or name one with --from",
                    folder, e);
        }
    }

    private void walk(Path folder, int depth) throws IOException {
        for (FileStatus child : children(folder)) {
            if (child.getPath().getName().equals(METADATA)) {
                found.add(found(folder, child.getModificationTime()));
            } else if (child.isDir() && depth > 0 && !LARGE.contains(child.getPath().getName())) {
                walk(child.getPath(), depth - 1);
            }
        }
    }

    /** Flink deletes old checkpoints while they are looked at. */
    private List<FileStatus> children(Path folder) throws IOException {
        try {
            FileStatus[] children = files.listStatus(folder);
            return children == null ? List.of() : List.of(children);
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    private static Found found(Path folder, long completed) {
        OptionalLong number = CheckpointOrder.number(folder.getName());
        return new Found(
                folder,
                number.isPresent() ? folder.getParent() : folder,
                number.orElse(0),
                completed);
    }

    private Optional<String> newest() {
        return found.stream().max(ORDER.of(found)).map(one -> one.folder().toString());
    }
}
