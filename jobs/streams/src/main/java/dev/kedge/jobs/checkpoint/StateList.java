// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.DiskUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a job has on this machine's disk.
 *
 * @param folder the job's folder
 * @param disk what all files in it take; checkpoints share files
 * @param holder who runs the job now, in words
 * @param entries its checkpoints and savepoints, the newest first
 */
public record StateList(Path folder, DiskUse disk, Optional<String> holder, List<Entry> entries) {
    private static final Pattern OF_A_JOB =
            Pattern.compile("[0-9a-f]{32}|chk-\\d{1,18}|savepoint-.*");

    /**
     * A checkpoint or savepoint.
     *
     * @param name its folder, below the job's
     * @param completed when it was complete
     * @param bytes what it needs, files that others share included; 0 where it cannot be read
     * @param damage what is wrong with it; empty where it is whole
     */
    public record Entry(Path name, Instant completed, long bytes, Optional<String> damage) {}

    /** Copies the entries. */
    public StateList {
        entries = List.copyOf(entries);
    }

    /**
     * Looks at a folder: at one job's, or at those of all jobs in it.
     *
     * @throws ConfigurationException if there is no such folder
     */
    public static List<StateList> of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(folder + ": there is no such folder");
        }
        List<Path> children = folders(folder);
        boolean job = children.stream().anyMatch(child -> OF_A_JOB.matcher(name(child)).matches());
        return job
                ? List.of(ofJob(folder))
                : children.stream()
                        .filter(child -> !StoredCheckpoints.newestFirst(child).isEmpty())
                        .map(StateList::ofJob)
                        .toList();
    }

    /** Looks at one job's folder; every file of every checkpoint is read. */
    public static StateList ofJob(Path folder) {
        return new StateList(
                folder,
                DiskUse.of(folder),
                JobLock.held(folder),
                StoredCheckpoints.newestFirst(folder).stream()
                        .map(stored -> entry(folder, stored))
                        .toList());
    }

    private static Entry entry(Path folder, StoredCheckpoint stored) {
        return new Entry(
                folder.relativize(stored.folder()),
                Instant.ofEpochMilli(stored.completed()),
                bytes(stored),
                ResumePoint.damage(stored));
    }

    private static long bytes(StoredCheckpoint stored) {
        try {
            long files =
                    CheckpointCheck.contents(stored.folder()).files().stream()
                            .mapToLong(StateFile::bytes)
                            .sum();
            return files + Files.size(stored.metadata());
        } catch (IOException | DamagedCheckpointException e) {
            return 0;
        }
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            // The job that it belongs to deletes what it needs no longer.
            return List.of();
        } catch (IOException e) {
            throw new ConfigurationException(folder + ": cannot be read: " + Words.of(e));
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    /** For people: a line for the job and one for each checkpoint. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                format(
                        "%s: %s in all%s%n",
                        folder, disk.size(), holder.map(who -> "; runs now in " + who).orElse("")));
        int width = entries.stream().mapToInt(e -> e.name().toString().length()).max().orElse(0);
        for (Entry entry : entries) {
            String name = entry.name() + " ".repeat(width - entry.name().toString().length());
            String size = DiskUse.size(entry.bytes());
            String state = entry.damage().map(why -> "damaged: " + why).orElse("whole");
            text.append(
                    format("  %s  %s UTC  %10s  %s%n", name, time(entry.completed()), size, state));
        }
        if (entries.isEmpty()) {
            text.append(format("  no checkpoint yet%n"));
        }
        return text.toString();
    }

    /** To the second, as {@code 2026-11-29 08:15:24}. */
    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }
}
