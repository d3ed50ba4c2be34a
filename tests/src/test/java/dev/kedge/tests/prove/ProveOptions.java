// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.prove;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a proof does.
 *
 * @param jobs that run side by side
 * @param resubmissions how often each is stopped with a savepoint and submitted again
 * @param seed of the streams and of the learners
 * @param prometheus whether a Prometheus asks the cluster what its dashboards and alerts ask
 * @param flink options of the cluster, beside those that the proof needs
 * @param folder where broker, cluster, checkpoints and logs go; logs and figures stay
 */
public record ProveOptions(
        List<ProvedJob> jobs,
        int resubmissions,
        long seed,
        boolean prometheus,
        Map<String, String> flink,
        Path folder) {
    /** Checks the numbers. */
    public ProveOptions {
        if (resubmissions < 0 || resubmissions > 1000) {
            throw new IllegalArgumentException(
                    "--resubmissions: "
                            + resubmissions
                            + " is not allowed; it must be between 0 and 1000");
        }
        jobs = List.copyOf(jobs);
        flink = Map.copyOf(flink);
        folder = folder.toAbsolutePath().normalize();
    }
}
