// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.checkpoint.ResumePoint;
import dev.kedge.jobs.checkpoint.StoredCheckpoints;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the newest checkpoint of a job. */
public final class Checkpoints {
    private Checkpoints() {}

    /**
     * The newest complete checkpoint or savepoint below a folder; whether it can be used is not
     * looked at.
     *
     * @param directory folder or file URI; other schemes are left to Flink and to {@code --from}
     */
    public static Optional<String> newest(String directory) {
        return StoredCheckpoints.local(directory)
                .flatMap(StoredCheckpoints::newest)
                .map(folder -> folder.toUri().toString());
    }

    /**
     * The newest checkpoint or savepoint below a folder that can be used: damaged ones are passed
     * over.
     *
     * @param directory folder or file URI; other schemes are left to Flink and to {@code --from}
     * @throws dev.kedge.jobs.config.ConfigurationException if there are some and none can be used
     */
    public static Optional<String> newestWhole(String directory) {
        return StoredCheckpoints.local(directory)
                .map(ResumePoint::newest)
                .flatMap(ResumePoint::path);
    }

    /**
     * When the newest complete checkpoint or savepoint below a folder was complete.
     *
     * @param directory folder or file URI; of other schemes nothing is known
     */
    public static Optional<Instant> newestAt(String directory) {
        return StoredCheckpoints.local(directory)
                .map(StoredCheckpoints::newestAt)
                .filter(OptionalLong::isPresent)
                .map(found -> Instant.ofEpochMilli(found.getAsLong()));
    }

    /**
     * Makes the folder of a job's checkpoints if it is not there, for nobody but its owner.
     *
     * @param directory folder or file URI; other schemes are left to Flink
     * @throws ConfigurationException if it cannot be made
     */
    public static void prepare(String directory) {
        Optional<Path> folder = StoredCheckpoints.local(directory);
        try {
            if (folder.isPresent()) {
                OwnerOnly.createDirectories(folder.get());
            }
        } catch (IOException e) {
            throw new ConfigurationException(
                    "checkpoints.directory: " + directory + " cannot be made (" + e + ")");
        }
    }
}
