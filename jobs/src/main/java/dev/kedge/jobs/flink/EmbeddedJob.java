// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.config.JobSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job on a Flink cluster in this process. Closing it cancels the job; its newest checkpoint
 * stays.
 */
public final class EmbeddedJob implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final EmbeddedCluster cluster;

    private EmbeddedJob(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts the job and returns at once.
     *
     * @param job the job
     * @param resume what to go on from
     */
    public static EmbeddedJob start(StreamJob job, Optional<String> resume) {
        JobSettings settings = job.settings();
        Configuration configuration = FlinkSetup.of(settings, resume);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(settings.parallelism());
        job.build(environment);
        try {
            return new EmbeddedJob(
                    EmbeddedCluster.start(
                            configuration, environment.getStreamGraph(), settings.parallelism()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailedException("the job was interrupted while it started", e);
        } catch (Exception e) {
            throw new JobFailedException(
                    "the job could not be started: " + Reasons.deepest(e), e);
        }
    }

    /** What Flink says of the job now; empty once its cluster is gone. */
    public Optional<JobStatus> status() {
        return cluster.status();
    }

    /** What can be seen of the job now, beyond its status. */
    public JobPulse pulse() {
        return cluster.pulse();
    }

    /** The job's graph: its tasks, their attempts, its checkpoints; empty once it is gone. */
    public Optional<AccessExecutionGraph> graph() {
        return cluster.graph();
    }

    /** Flink's counts of the job's checkpoints and the newest of them; empty once it is gone. */
    public Optional<CheckpointStatsSnapshot> checkpoints() {
        return cluster.checkpoints();
    }

    /** The last failures, each of which began the tasks anew or ended the job; newest last. */
    public List<FailedOnce> failures() {
        return cluster.failures();
    }

    /**
     * Why the job ended.
     *
     * @return the deepest reason; empty while it runs or if it ended well
     */
    public Optional<String> failure() {
        return cluster.failure();
    }

    @Override
    public void close() {
        cluster.cancel(PATIENCE);
        cluster.close();
    }
}
