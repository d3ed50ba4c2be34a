// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

/**
 * Where a job is.
 *
 * @param running whether every task of it runs
 * @param checkpoints completed since it was submitted
 * @param recoveries from a checkpoint since it was submitted
 * @param completedTriggered when the newest complete checkpoint began, epoch milliseconds
 * @param restored when the job was last restored, epoch milliseconds
 */
public record JobProgress(
        boolean running,
        long checkpoints,
        long recoveries,
        long completedTriggered,
        long restored) {

    /** Tasks are missing; what the job remembers does not matter then. */
    public static final JobProgress NOT_RUNNING = new JobProgress(false, 0, 0, 0, 0);

    /** Runs, and has remembered more than it was restored with. */
    public boolean cameOn() {
        return running && checkpoints > 0 && completedTriggered > restored;
    }
}
