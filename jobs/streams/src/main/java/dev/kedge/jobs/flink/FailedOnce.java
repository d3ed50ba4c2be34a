// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.time.Instant;

/**
 * A failure after which Flink began the job's tasks anew, or ended the job.
 *
 * @param at when
 * @param reason the deepest reason, in one line
 * @param task the task that failed; empty if it was the job as a whole
 */
public record FailedOnce(Instant at, String reason, String task) {}
