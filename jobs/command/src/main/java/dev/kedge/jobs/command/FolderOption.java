// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.ClusterFolder;
import dev.kedge.jobs.command.cluster.LocalCluster;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.pack.Parts;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder by which a cluster of this machine is known. */
final class FolderOption {
    /** Below the folder from which a command is started, as all that Kedge keeps. */
    static final String DEFAULT = "kedge-cluster";

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = DEFAULT,
            description =
                    "Folder of the cluster: its configuration, logs, checkpoints and savepoints (default: ${DEFAULT-VALUE}).")
    private Path folder;

    LocalCluster cluster() {
        return cluster(folder);
    }

    static LocalCluster cluster(Path folder) {
        Parts parts = Home.here().parts();
        return new LocalCluster(new ClusterFolder(folder), parts.flink(), parts.natives());
    }
}
