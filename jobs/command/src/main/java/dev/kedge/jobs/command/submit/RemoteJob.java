// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.feed.JobWatch;
import dev.kedge.jobs.flink.JobPulse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics.FailedCheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;

/** A job of a cluster, as its REST interface shows it. */
final class RemoteJob implements JobWatch.Watched {
    private final FlinkRest rest;
    private final JobID job;
    private Optional<Instant> newestCheckpoint = Optional.empty();

    RemoteJob(FlinkRest rest, JobID job) {
        this.rest = rest;
        this.job = job;
    }

    /** Flink's id of it. */
    JobID id() {
        return job;
    }

    @Override
    public JobPulse pulse() {
        CheckpointingStatistics seen = rest.checkpoints(job);
        newestCheckpoint = newest(seen);
        return new JobPulse(
                Optional.of(rest.status(job)),
                failed(),
                Optional.of(checkpointing(seen)),
                OptionalInt.of(rest.taskManagers().size()));
    }

    @Override
    public Optional<String> failure() {
        return rest.failed(job).stream().findFirst().map(FlinkRest.Failed::reason);
    }

    private List<JobPulse.Failure> failed() {
        List<JobPulse.Failure> failures = new ArrayList<>();
        for (FlinkRest.Failed one : rest.failed(job)) {
            failures.add(new JobPulse.Failure(one.at(), new FarFailure(one.reason())));
        }
        Collections.reverse(failures);
        return failures;
    }

    /** When its newest checkpoint was complete, as its last pulse saw it. */
    Optional<Instant> newestCheckpoint() {
        return newestCheckpoint;
    }

    private static Optional<Instant> newest(CheckpointingStatistics seen) {
        return Optional.ofNullable(seen.getLatestCheckpoints().getCompletedCheckpointStatistics())
                .map(taken -> Instant.ofEpochMilli(taken.getLatestAckTimestamp()));
    }

    private static JobPulse.Checkpointing checkpointing(CheckpointingStatistics seen) {
        Optional<FailedCheckpointStatistics> failed =
                Optional.ofNullable(seen.getLatestCheckpoints().getFailedCheckpointStatistics());
        return new JobPulse.Checkpointing(
                seen.getCounts().getNumberCompletedCheckpoints(),
                seen.getCounts().getNumberFailedCheckpoints(),
                failed.map(FailedCheckpointStatistics::getFailureMessage).orElse(""));
    }

    /** A failure of which only its words came here. */
    private static final class FarFailure extends Exception {
        private static final long serialVersionUID = 1L;

        FarFailure(String words) {
            super(words);
        }
    }
}
