// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** How the files that a job's settings name are found, here and by the job's tasks. */
public interface JobFiles {
    /** They lie on this machine, and so do all tasks. */
    JobFiles HERE =
            new JobFiles() {
                @Override
                public Path find(String file) {
                    return Path.of(file);
                }

                @Override
                public Optional<String> send(
                        StreamExecutionEnvironment environment, String name, String file) {
                    return Optional.empty();
                }
            };

    /**
     * Where a file can be read on this machine.
     *
     * @throws dev.kedge.jobs.config.ConfigurationException if it cannot
     */
    Path find(String file);

    /**
     * Sends a file to all tasks.
     *
     * @param name by which tasks ask for it
     * @param file as the settings name it
     * @return its SHA-256; empty where tasks read it themselves
     */
    Optional<String> send(StreamExecutionEnvironment environment, String name, String file);
}
