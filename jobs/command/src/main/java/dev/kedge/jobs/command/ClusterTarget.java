// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.ClusterAddress;
import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.LocalCluster;
import dev.kedge.jobs.command.cluster.Waiting;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster is meant. */
final class ClusterTarget {
    private static final String VARIABLE = "KEDGE_CLUSTER";

    @Option(
            names = "--to",
            paramLabel = "URL",
            description =
                    "The cluster: its REST interface, for example http://jobmanager:8081; of several job managers all, with commas between them (default: what KEDGE_CLUSTER says; otherwise the one that kedge cluster up started here).")
    private String to;

    /**
     * Reaches it.
     *
     * @throws ClusterException if none is named, or it cannot be reached
     */
    FlinkRest connect() {
        return FlinkRest.connect(
                addresses(Optional.ofNullable(System.getenv(VARIABLE))), Waiting.USUAL);
    }

    /**
     * Where it is: at each of its job managers.
     *
     * @param surroundings what the environment names
     * @throws ClusterException if nobody names one
     */
    List<URI> addresses(Optional<String> surroundings) {
        Optional<String> named =
                Optional.ofNullable(to).or(() -> surroundings.filter(text -> !text.isBlank()));
        return named.map(ClusterAddress::parseAll).orElseGet(ClusterTarget::local);
    }

    private static List<URI> local() {
        LocalCluster local = FolderOption.cluster(Path.of(FolderOption.DEFAULT));
        if (!local.isUp()) {
            throw new ClusterException(
                    "which cluster? Say --to http://jobmanager:8081, set "
                            + VARIABLE
                            + ", or start one here with kedge cluster up (none is up in "
                            + FolderOption.DEFAULT
                            + ")");
        }
        return local.addresses();
    }
}
