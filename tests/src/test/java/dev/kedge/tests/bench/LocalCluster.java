// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import static org.apache.flink.runtime.checkpoint.CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING;

import dev.kedge.jobs.flink.SealedMiniCluster;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.OptionalFailure;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One job on a Flink cluster in this process, with a look at its inside. */
final class LocalCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    private final MiniCluster cluster;
    private final JobID job;

    private LocalCluster(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /** An environment of parallelism 1 to build the job in. */
    static StreamExecutionEnvironment environment(Configuration configuration) {
        return StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    }

    static LocalCluster start(StreamExecutionEnvironment environment, Configuration configuration) {
        return start(environment, configuration, 1);
    }

    /** Starts a job on a cluster of so many slots. */
    static LocalCluster start(
            StreamExecutionEnvironment environment, Configuration configuration, int slots) {
        Configuration all = new Configuration(configuration);
        all.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, HEARTBEAT);
        MiniCluster cluster = new SealedMiniCluster(all, slots);
        try {
            cluster.start();
            JobGraph graph = environment.getStreamGraph().getJobGraph();
            get(cluster.submitJob(graph));
            return new LocalCluster(cluster, graph.getJobID());
        } catch (Exception e) {
            throw new IllegalStateException("the cluster did not start: " + e.getMessage(), e);
        }
    }

    /** What {@link Count} counted, as of the last heartbeat. */
    long counted() {
        return find(Count.NAME).map(Long.class::cast).orElse(0L);
    }

    /** What an accumulator holds, as of the last heartbeat, or at the job's end. */
    Object accumulated(String name) {
        return find(name).orElseThrow();
    }

    private Optional<Object> find(String name) {
        var value = graph().getAccumulatorsSerialized().get(name);
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(number(value.deserializeValue(loader())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object number(OptionalFailure<Object> value) {
        return value.getUnchecked();
    }

    private static ClassLoader loader() {
        return LocalCluster.class.getClassLoader();
    }

    /**
     * Waits until a checkpoint is complete: on a busy machine a task may begin long after the one
     * before it.
     */
    CompletedCheckpointStats checkpoint() {
        long id =
                Awaitility.await("a checkpoint")
                        .atMost(PATIENCE)
                        .until(this::triggered, OptionalLong::isPresent)
                        .getAsLong();
        var stats = graph().getCheckpointStatsSnapshot().getHistory().getCheckpointById(id);
        if (stats instanceof CompletedCheckpointStats completed) {
            return completed;
        }
        throw new IllegalStateException("checkpoint " + id + " is not complete: " + stats);
    }

    /** Empty as long as not all tasks run. */
    private OptionalLong triggered() {
        try {
            return OptionalLong.of(get(cluster.triggerCheckpoint(job, CheckpointType.DEFAULT)));
        } catch (IllegalStateException e) {
            if (ExceptionUtils.findThrowable(e, CheckpointException.class)
                    .map(CheckpointException::getCheckpointFailureReason)
                    .filter(NOT_ALL_REQUIRED_TASKS_RUNNING::equals)
                    .isPresent()) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    AccessExecutionGraph graph() {
        return get(cluster.getExecutionGraph(job));
    }

    /** Whether the job has ended; throws if it failed. */
    boolean ended() {
        var state = graph().getState();
        if (state.isTerminalState() && state != org.apache.flink.api.common.JobStatus.FINISHED) {
            var failure = graph().getFailureInfo();
            throw new IllegalStateException(
                    "the job is " + state + ": " + (failure == null ? "" : failure));
        }
        return state.isGloballyTerminalState();
    }

    /**
     * Looks at the job at once, then again and again until it has ended, and once more then:
     * however short the job, there are two looks.
     */
    void watch(long everyMillis, Runnable look) {
        look.run();
        while (!endsWithin(everyMillis)) {
            look.run();
        }
        look.run();
    }

    private boolean endsWithin(long millis) {
        try {
            Awaitility.await()
                    .atMost(millis, TimeUnit.MILLISECONDS)
                    .pollInterval(Math.max(1, millis / 10), TimeUnit.MILLISECONDS)
                    .until(this::ended);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    JobID job() {
        return job;
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        get(cluster.closeAsync());
    }
}
