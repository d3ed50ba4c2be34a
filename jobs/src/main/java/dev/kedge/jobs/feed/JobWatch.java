// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.feed;

import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.flink.EmbeddedJob;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;

/** Tells the dashboard how the job is. */
public final class JobWatch {
    private final EmbeddedJob job;
    private final JobHealth health;

    /** Watches a job. */
    public JobWatch(EmbeddedJob job, JobHealth health) {
        this.job = job;
        this.health = health;
    }

    /**
     * Looks once.
     *
     * @return why the job is over, empty while it is not
     */
    public Optional<String> look() {
        Optional<JobStatus> status = job.status();
        if (status.isEmpty() || status.get().isGloballyTerminalState()) {
            String reason = job.failure().orElse("it ended");
            health.become(JobHealth.State.FAILED, reason);
            return Optional.of(reason);
        }
        health.become(
                switch (status.get()) {
                    case RUNNING -> JobHealth.State.RUNNING;
                    case RESTARTING, FAILING -> JobHealth.State.RESTARTING;
                    default -> JobHealth.State.STARTING;
                });
        return Optional.empty();
    }
}
