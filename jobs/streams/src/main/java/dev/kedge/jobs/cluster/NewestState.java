// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cluster;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Finds the newest complete checkpoint or savepoint of a job, on any file system of Flink. A run's
 * place is that of its newest, and within a run the number counts.
 */
public final class NewestState {
    private static final String METADATA = "_metadata";
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

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
        Matcher name = CHECKPOINT.matcher(folder.getName());
        boolean numbered = name.matches();
        return new Found(
                folder,
                numbered ? folder.getParent() : folder,
                numbered ? Long.parseLong(name.group(1)) : 0,
                completed);
    }

    private Optional<String> newest() {
        Map<Path, Long> places = new HashMap<>();
        found.forEach(one -> places.merge(one.run(), one.completed(), Math::max));
        return found.stream()
                .max(
                        Comparator.<Found>comparingLong(one -> places.get(one.run()))
                                .thenComparing(one -> one.run().toString())
                                .thenComparingLong(Found::number))
                .map(one -> one.folder().toString());
    }
}
