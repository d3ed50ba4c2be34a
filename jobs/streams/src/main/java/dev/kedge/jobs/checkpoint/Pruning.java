// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deletes what ended runs left below a job's folder and nothing needs any more. Kept are the newest
 * checkpoints of all runs together, the one that the job went on from, and every file that any of
 * them names. Only folders are touched that Flink makes for a run; savepoints and whatever else
 * lies there are not, nor are links followed.
 */
final class Pruning {
    private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern CHECKPOINT = Pattern.compile("chk-\\d{1,18}");
    private static final Set<String> SHARED = Set.of("shared", "taskowned");

    private final Path folder;
    private final Set<Path> kept = new HashSet<>();
    private final Set<Path> needed = new HashSet<>();
    private boolean allKnown = true;
    private int checkpoints;
    private int files;
    private long bytes;

    private Pruning(Path folder) {
        this.folder = folder;
    }

    /**
     * Prunes.
     *
     * @param folder the job's
     * @param retained how many checkpoints to keep
     * @param ended runs that are over: names of their folders
     * @param resumed what the job went on from, while it has no checkpoint of its own
     * @return one line that says what was deleted; empty if nothing was
     */
    static Optional<String> prune(
            Path folder, int retained, Set<String> ended, Optional<Path> resumed)
            throws IOException {
        Pruning pruning = new Pruning(folder);
        pruning.keep(retained, resumed);
        for (String run : ended) {
            Path runs = folder.resolve(run);
            if (RUN.matcher(run).matches() && isFolder(runs)) {
                pruning.run(runs);
            }
        }
        return pruning.line();
    }

    /** The runs that have a folder. */
    static Set<String> runs(Path folder) throws IOException {
        Set<String> runs = new HashSet<>();
        if (!Files.isDirectory(folder)) {
            return runs;
        }
        for (Path child : children(folder)) {
            if (isFolder(child) && RUN.matcher(child.getFileName().toString()).matches()) {
                runs.add(child.getFileName().toString());
            }
        }
        return runs;
    }

    private void keep(int retained, Optional<Path> resumed) {
        int good = 0;
        for (StoredCheckpoint stored : StoredCheckpoints.newestFirst(folder)) {
            boolean savepoint = stored.run().equals(stored.folder());
            boolean wanted = good < retained || resumed.filter(stored.folder()::equals).isPresent();
            if (!savepoint && wanted && keep(stored.folder())) {
                good += Files.exists(stored.damageMark()) ? 0 : 1;
            } else if (savepoint) {
                keep(stored.folder());
            }
        }
    }

    /** Whether it can be read; what one that cannot be read needs is not known. */
    private boolean keep(Path checkpoint) {
        kept.add(checkpoint);
        try {
            CheckpointCheck.contents(checkpoint)
                    .files()
                    .forEach(file -> needed.add(file.path().toAbsolutePath().normalize()));
            return true;
        } catch (DamagedCheckpointException e) {
            allKnown = false;
            return false;
        }
    }

    private void run(Path run) throws IOException {
        for (Path child : children(run)) {
            String name = child.getFileName().toString();
            if (!isFolder(child)) {
                continue;
            }
            if (CHECKPOINT.matcher(name).matches() && !kept.contains(child)) {
                checkpoint(child);
            } else if (SHARED.contains(name) && allKnown) {
                below(child);
            } else if (name.equals(Checksums.FOLDER)) {
                checksums(child, run);
            }
        }
        removeIfEmpty(run);
    }

    /** Metadata first: what is half deleted must not look complete. */
    private void checkpoint(Path checkpoint) throws IOException {
        boolean complete = Files.exists(checkpoint.resolve(CheckpointCheck.METADATA));
        remove(checkpoint.resolve(CheckpointCheck.METADATA));
        below(checkpoint);
        checkpoints += complete ? 1 : 0;
    }

    private void below(Path top) throws IOException {
        for (Path child : children(top)) {
            if (isFolder(child)) {
                below(child);
            } else {
                remove(child);
            }
        }
        removeIfEmpty(top);
    }

    private void checksums(Path sums, Path run) throws IOException {
        for (Path file : children(sums)) {
            String checkpoint = file.getFileName().toString().replaceAll("\\..*", "");
            if (!kept.contains(run.resolve(checkpoint))) {
                remove(file);
            }
        }
        removeIfEmpty(sums);
    }

    private void remove(Path file) throws IOException {
        if (needed.contains(file.toAbsolutePath().normalize())
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        long size = Files.size(file);
        Files.delete(file);
        files++;
        bytes += size;
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException e) {
            // Something in it is needed, or is not ours.
            return;
        }
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private Optional<String> line() {
        return files == 0
                ? Optional.empty()
                : Optional.of(
                        format(
                                "pruned %d checkpoints of ended runs in %s: %,d files, %,d bytes",
                                checkpoints, folder, files, bytes));
    }
}
