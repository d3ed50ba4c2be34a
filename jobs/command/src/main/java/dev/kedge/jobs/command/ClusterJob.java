// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which job of which cluster is meant. */
final class ClusterJob {
    @Parameters(
            index = "0",
            paramLabel = "JOB",
            description = "Name of the job, or Flink's id of it.")
    private String name;

    @Mixin private ClusterTarget target;

    /** Its name or id, as it was typed. */
    String name() {
        return name;
    }

    /** Reaches the cluster; see {@link ClusterTarget#connect}. */
    FlinkRest connect() {
        return target.connect();
    }
}
