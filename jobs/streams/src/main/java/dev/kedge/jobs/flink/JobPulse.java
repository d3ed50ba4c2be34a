// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flink.api.common.JobStatus;

/**
 * What can be seen of a running job at one moment, beyond what Flink calls its status: a job can be
 * RUNNING there with no task executor alive.
 *
 * @param status what Flink says; empty where its cluster does not answer
 * @param failures the newest failures that led to a restart, oldest first
 * @param checkpoints how the checkpoints of its cluster went; empty where it does not answer
 * @param executors task executors that live; empty where the cluster does not answer
 */
public record JobPulse(
        Optional<JobStatus> status,
        List<Failure> failures,
        Optional<Checkpointing> checkpoints,
        OptionalInt executors) {

    /**
     * A failure after which the job was restarted, or ended.
     *
     * @param at when, by the wall clock
     * @param cause why
     */
    public record Failure(Instant at, Throwable cause) {}

    /**
     * How checkpoints went since the cluster began.
     *
     * @param completed how many are complete
     * @param failed how many failed
     * @param lastFailure why the newest of those failed; empty if none did
     */
    public record Checkpointing(long completed, long failed, String lastFailure) {
        /** None taken yet. */
        public static final Checkpointing NONE = new Checkpointing(0, 0, "");
    }
}
