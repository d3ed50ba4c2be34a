// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import dev.kedge.jobs.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a cluster keeps its configuration, logs, state and the numbers of its processes. Nobody but
 * its owner can look into it.
 *
 * @param folder the folder
 */
public record ClusterFolder(Path folder) {
    /** Makes it and what is below it. */
    void create() throws IOException {
        OwnerOnly.createDirectories(folder.toAbsolutePath());
        for (Path below : List.of(configuration(), logs(), processes(), temporary(), natives())) {
            OwnerOnly.createDirectories(below);
        }
    }

    /** Flink's {@code config.yaml} and the configuration of its log. */
    public Path configuration() {
        return folder.toAbsolutePath().resolve("conf");
    }

    /** A log for each process, and beside it what it printed. */
    public Path logs() {
        return folder.toAbsolutePath().resolve("log");
    }

    /** A file for each process, which holds its number. */
    Path processes() {
        return folder.toAbsolutePath().resolve("run");
    }

    Path temporary() {
        return folder.toAbsolutePath().resolve("tmp");
    }

    /** Where JavaCPP unpacks native libraries: once for all processes. */
    Path natives() {
        return folder.toAbsolutePath().resolve("native");
    }

    /** What the cluster's own ZooKeeper remembers. */
    Path zooKeeper() {
        return folder.toAbsolutePath().resolve("zookeeper");
    }

    /** What a job manager needs to take over from another. */
    Path recovery() {
        return folder.toAbsolutePath().resolve("recovery");
    }

    /** Below it, each job's checkpoints are in a folder of its name. */
    public Path checkpoints() {
        return folder.toAbsolutePath().resolve("checkpoints");
    }

    /** Savepoints that are taken without a place. */
    public Path savepoints() {
        return folder.toAbsolutePath().resolve("savepoints");
    }
}
