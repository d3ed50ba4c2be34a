// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run goes on from.
 *
 * @param path checkpoint or savepoint as Flink takes it; empty to start anew
 * @param lines what to tell of those that were passed over
 */
public record ResumePoint(Optional<String> path, List<String> lines) {
    private static final String WAYS_OUT =
            "name another with --from PATH, or forget what was learned with --fresh";

    /** Nothing to go on from. */
    static final ResumePoint NONE = new ResumePoint(Optional.empty(), List.of());

    /** Copies the lines. */
    public ResumePoint {
        lines = List.copyOf(lines);
    }

    /**
     * What a user named: it or nothing.
     *
     * @throws ConfigurationException if it cannot be used
     */
    static ResumePoint named(String from) {
        Optional<Path> folder = StoredCheckpoints.local(from);
        try {
            folder.ifPresent(CheckpointCheck::whole);
        } catch (DamagedCheckpointException e) {
            throw new ConfigurationException(
                    "--from: " + from + " cannot be used: " + e.getMessage());
        }
        return new ResumePoint(
                Optional.of(folder.map(path -> path.toUri().toString()).orElse(from)), List.of());
    }

    /**
     * The newest below a job's folder that can be used.
     *
     * @throws ConfigurationException if there are some and none can be used
     */
    public static ResumePoint newest(Path folder) {
        List<StoredCheckpoint> all = StoredCheckpoints.newestFirst(folder);
        List<String> refused = new ArrayList<>();
        for (StoredCheckpoint stored : all) {
            Optional<String> damage = damage(stored);
            if (damage.isEmpty()) {
                return new ResumePoint(
                        Optional.of(stored.folder().toUri().toString()),
                        told(refused, label(stored, all)));
            }
            refused.add(
                    format("checkpoint %s cannot be used: %s", label(stored, all), damage.get()));
        }
        if (!refused.isEmpty()) {
            throw ConfigurationException.of(
                    "%s; of %d none is left to go on from: %s",
                    String.join("; ", refused), refused.size(), WAYS_OUT);
        }
        return NONE;
    }

    private static List<String> told(List<String> refused, String chosen) {
        List<String> lines = new ArrayList<>(refused);
        if (!lines.isEmpty()) {
            lines.add(
                    lines.remove(lines.size() - 1)
                            + "; going on from "
                            + chosen
                            + ": what came after it is read and scored again, with exactly-once, too");
        }
        return lines;
    }

    /** What is wrong with a checkpoint; all its files are read. */
    static Optional<String> damage(StoredCheckpoint stored) {
        try {
            if (Files.isRegularFile(stored.damageMark())) {
                return Optional.of(Words.plain(Files.readString(stored.damageMark()).strip()));
            }
            CheckpointCheck.whole(stored.folder());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Words.of(e));
        } catch (DamagedCheckpointException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Its folder's name; with the run's before it where two runs have one of that name. */
    private static String label(StoredCheckpoint stored, List<StoredCheckpoint> all) {
        boolean alone =
                all.stream().filter(other -> other.name().equals(stored.name())).count() == 1;
        return alone ? stored.name() : stored.run().getFileName() + "/" + stored.name();
    }
}
