// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.cluster.Submitted;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;

/**
 * Ends running jobs.
 *
 * @param rest the cluster
 * @param waiting how to wait for it
 * @param tell takes lines for people
 */
public record Ending(FlinkRest rest, Waiting waiting, Consumer<String> tell) {
    /**
     * Ends a job with a savepoint.
     *
     * @param folder for the savepoint; empty for the job's own, where the next submission finds it
     */
    public void stop(JobDetails job, Optional<String> folder) {
        JobID id = job.getJobId();
        Optional<String> own = Submitted.of(rest.parameters(id)).map(Submitted::folder);
        String savepoint = rest.stop(id, folder.map(Submission::place).or(() -> own));
        new Launch(rest, waiting).awaitEnd(id);
        String name = job.getJobName();
        tell.accept(name + " is stopped; all that it knows is in " + savepoint);
        boolean found = folder.isEmpty() && own.isPresent();
        tell.accept(
                found
                        ? "kedge submit goes on from there"
                        : "kedge submit goes on from there only with --from "
                                + savepoint
                                + ": its checkpoints are gone with it");
    }

    /** Ends a job without one. */
    public void cancel(JobDetails job) {
        JobID id = job.getJobId();
        CheckpointingStatistics seen = rest.checkpoints(id);
        new Launch(rest, waiting).cancel(id);
        tell.accept(job.getJobName() + " is cancelled; " + left(seen));
    }

    private static String left(CheckpointingStatistics seen) {
        Optional<String> newest =
                JobReport.newestCheckpoint(seen)
                        .map(path -> "its newest checkpoint stays: " + path);
        return newest.or(
                        () ->
                                JobReport.wentOnFrom(seen)
                                        .map(
                                                path ->
                                                        "it had no new checkpoint yet; what it went on from stays: "
                                                                + path))
                .orElse("it had no checkpoint yet");
    }
}
