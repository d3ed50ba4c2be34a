// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.config.JobSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job on a Flink cluster in this process. Closing it cancels the job; its newest checkpoint
 * stays.
 */
public final class EmbeddedJob implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final JobClient client;

    private EmbeddedJob(JobClient client) {
        this.client = client;
    }

    /**
     * Starts the job and returns at once.
     *
     * @param job the job
     * @param resume what to go on from
     */
    public static EmbeddedJob start(StreamJob job, Optional<String> resume) {
        JobSettings settings = job.settings();
        Checkpoints.prepare(settings.checkpointUri());
        Configuration configuration = FlinkSetup.of(settings, resume);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        settings.parallelism(), configuration);
        job.build(environment);
        try {
            return new EmbeddedJob(environment.executeAsync(settings.name()));
        } catch (Exception e) {
            throw new JobFailedException("the job could not be started: " + rootMessage(e), e);
        }
    }

    /** What Flink says of the job now; empty once its cluster is gone. */
    public Optional<JobStatus> status() {
        try {
            return Optional.of(
                    client.getJobStatus().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /**
     * Why the job ended.
     *
     * @return the deepest reason; empty while it runs or if it ended well
     */
    public Optional<String> failure() {
        try {
            client.getJobExecutionResult().get(1, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(rootMessage(e));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /** An ended job has nothing to cancel, and its cluster may be gone: asking would only wait. */
    private boolean isOver() {
        try {
            return client.getJobExecutionResult().isDone();
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.toString() : at.getMessage();
    }

    @Override
    public void close() {
        if (isOver()) {
            return;
        }
        try {
            client.cancel().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            client.getJobExecutionResult().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // The result of a cancelled job is an exception; an ended cluster has nothing to
            // cancel.
            return;
        }
    }
}
