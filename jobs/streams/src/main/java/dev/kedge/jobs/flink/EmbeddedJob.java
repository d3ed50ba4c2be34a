// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.metrics.PrometheusReporter;
import dev.kedge.jobs.threads.Daemons;
import dev.kedge.jobs.threads.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job on a Flink cluster in this process, which is kept alive. {@link #stop} takes a last
 * checkpoint; closing alone cancels the job, and its newest checkpoint stays.
 */
public final class EmbeddedJob implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJob.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A broker that does not answer keeps a checkpoint waiting: whoever ends a job need not. */
    private static final Duration STOP = Duration.ofSeconds(6);

    private static final Duration CANCEL_AFTER_STOP = Duration.ofSeconds(3);
    private static final Duration HURRY = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StreamJob job;
    private final Optional<String> resume;
    private final Instant began;
    private final News news = new News();
    private final ScheduledExecutorService keeping =
            Executors.newSingleThreadScheduledExecutor(new Daemons("kedge-keeper"));
    private final ClusterKeeper keeper = new ClusterKeeper(new Kept(), news);

    private final ScheduledFuture<?> looks;

    private volatile EmbeddedCluster cluster;
    private volatile boolean renewing;
    private volatile Optional<String> lost = Optional.empty();
    private volatile Duration patience = PATIENCE;
    private Optional<String> newest = Optional.empty();

    private EmbeddedJob(StreamJob job, Optional<String> resume) throws Exception {
        this.job = job;
        this.resume = resume;
        this.began = Instant.now();
        this.cluster = startCluster(resume);
        this.looks =
                keeping.scheduleWithFixedDelay(
                        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Starts the job and returns at once.
     *
     * @param job the job
     * @param resume what to go on from
     */
    public static EmbeddedJob start(StreamJob job, Optional<String> resume) {
        PrometheusReporter.requireFree(job.settings().metrics());
        Checkpoints.prepare(job.settings().checkpointUri());
        try {
            return new EmbeddedJob(job, resume);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailedException("the job was interrupted while it started", e);
        } catch (Exception e) {
            throw new JobFailedException("the job could not be started: " + Reasons.deepest(e), e);
        }
    }

    private EmbeddedCluster startCluster(Optional<String> from) throws Exception {
        JobSettings settings = job.settings();
        Configuration configuration = FlinkSetup.of(settings, from);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(settings.parallelism());
        job.build(environment);
        return EmbeddedCluster.start(
                configuration, environment.getStreamGraph(), settings.parallelism());
    }

    private void look() {
        try {
            if (lost.isEmpty() && !cluster.isOver()) {
                newest = cluster.newestCheckpoint().or(() -> newest);
                lost = keeper.look();
            }
        } catch (RuntimeException e) {
            // One look that failed must not be the last one.
            LOG.warn("The job could not be looked at", e);
        }
    }

    /** This job's cluster, as its keeper sees it. */
    private final class Kept implements ClusterKeeper.Cluster {
        @Override
        public boolean isBroken() {
            return cluster.isBroken();
        }

        @Override
        public OptionalInt taskExecutors() {
            return cluster.taskExecutors();
        }

        @Override
        public void startTaskExecutor() throws Exception {
            cluster.startTaskExecutor();
        }

        @Override
        public Optional<String> lastFailure() {
            return cluster.lastFailure();
        }

        @Override
        public boolean hasCheckpoint() {
            return newest.isPresent();
        }

        @Override
        public Optional<String> renew() throws Exception {
            renewing = true;
            try {
                cluster.close();
                Optional<String> from = newestOfThisRun();
                newest = Optional.empty();
                cluster = startCluster(from);
                return from;
            } finally {
                renewing = false;
            }
        }
    }

    /** A checkpoint from before this run is not its own: it may have been told to start fresh. */
    private Optional<String> newestOfThisRun() {
        String folder = job.settings().checkpointUri();
        return Checkpoints.newestAt(folder)
                .filter(at -> at.isAfter(began))
                .flatMap(at -> Checkpoints.newestWhole(folder))
                .or(() -> newest)
                .or(() -> resume);
    }

    /** What Flink says of the job now; empty once its cluster is gone for good. */
    public Optional<JobStatus> status() {
        boolean broken = renewing || cluster.isBroken();
        if (lost.isPresent() || (broken && keeping.isShutdown())) {
            return Optional.empty();
        }
        return broken ? Optional.of(JobStatus.RESTARTING) : cluster.status();
    }

    /** What can be seen of the job now, beyond its status. */
    public JobPulse pulse() {
        return cluster.pulse(status());
    }

    /** The job's graph: its tasks, their attempts, its checkpoints; empty once it is gone. */
    public Optional<AccessExecutionGraph> graph() {
        return cluster.graph();
    }

    /** Flink's counts of the job's checkpoints and the newest of them; empty once it is gone. */
    public Optional<CheckpointStatsSnapshot> checkpoints() {
        return cluster.checkpoints();
    }

    /** Task executors that are there; one that is missing will be replaced. */
    public int taskExecutors() {
        return cluster.taskExecutors().orElse(0);
    }

    /** The cluster of this moment. */
    EmbeddedCluster cluster() {
        return cluster;
    }

    /** The last failures, each of which began the tasks anew or ended the job; newest last. */
    public List<FailedOnce> failures() {
        return cluster.failures();
    }

    /** What was done to keep the job alive since the last time this was asked, a line each. */
    public List<String> news() {
        return news.take();
    }

    /**
     * Why the job ended.
     *
     * @return the deepest reason; empty while it runs or if it ended well
     */
    public Optional<String> failure() {
        return lost.or(() -> cluster.isOver() ? cluster.failure() : Optional.empty());
    }

    /**
     * Ends the job at its inputs with a last checkpoint, so that nothing is repeated by the one
     * that goes on from there. Gives up after some seconds; closing it then cancels the job.
     */
    public LastCheckpoint stop() {
        return stop(STOP);
    }

    LastCheckpoint stop(Duration atMost) {
        endKeeping();
        patience = CANCEL_AFTER_STOP;
        if (Thread.currentThread().isInterrupted()) {
            // Whoever asks for one and does not wait for it cannot tell whether it was taken.
            return LastCheckpoint.missing("interrupted");
        }
        Optional<JobStatus> status = status();
        if (!status.equals(Optional.of(JobStatus.RUNNING))) {
            return LastCheckpoint.missing(
                    "the job was " + status.map(JobStatus::name).orElse("gone"));
        }
        try {
            return LastCheckpoint.at(cluster.stop(job.settings().checkpointUri(), atMost));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LastCheckpoint.missing("interrupted");
        } catch (TimeoutException e) {
            return LastCheckpoint.missing(
                    "it was not complete within " + atMost.toMillis() / 1000.0 + " s");
        } catch (ExecutionException | IllegalStateException e) {
            return LastCheckpoint.missing(Reasons.deepest(e));
        }
    }

    /**
     * Will not wait for the job's end: it may wait itself, for brokers that do not answer. What is
     * left ends with this process.
     */
    public void hurry() {
        patience = HURRY;
    }

    private void endKeeping() {
        looks.cancel(false);
        keeping.shutdown();
        try {
            keeping.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        // Whoever is interrupted still closes: what goes on behind its back would write files that
        // nobody expects any more.
        boolean interrupted = Thread.interrupted();
        try {
            endKeeping();
            if (!cluster.isBroken()) {
                cluster.cancel(patience);
            }
            cluster.close(patience);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
