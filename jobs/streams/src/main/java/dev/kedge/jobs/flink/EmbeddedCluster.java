// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.flink;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.SerializedThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job on a Flink of its own in this process, which nobody outside of it can reach. */
final class EmbeddedCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCluster.class);

    /** Calls within this process; only a process that stands still lets one wait so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String EXECUTOR_GONE = "The TaskExecutor is shutting down";

    private final SealedMiniCluster flink;
    private final JobID job;
    private final CompletableFuture<JobResult> result;

    private EmbeddedCluster(SealedMiniCluster flink, JobID job) {
        this.flink = flink;
        this.job = job;
        this.result = flink.requestJobResult(job);
    }

    /**
     * Starts a cluster and the job on it.
     *
     * @param configuration Flink's
     * @param graph the job
     * @param slots slots of the task executor
     */
    static EmbeddedCluster start(Configuration configuration, StreamGraph graph, int slots)
            throws Exception {
        SealedMiniCluster flink = new SealedMiniCluster(configuration, slots);
        try {
            flink.start();
            graph.serializeUserDefinedInstances();
            JobID job =
                    flink.submitJob(graph)
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .getJobID();
            return new EmbeddedCluster(flink, job);
        } catch (Exception e) {
            close(flink, PATIENCE);
            throw e;
        }
    }

    /** Flink's status of the job; empty once the cluster is gone. */
    Optional<JobStatus> status() {
        return answer(() -> flink.getJobStatus(job));
    }

    /** Task executors that are there; empty if the cluster does not answer. */
    OptionalInt taskExecutors() {
        return answer(flink::getResourceOverview)
                .map(overview -> OptionalInt.of(overview.getNumberTaskManagers()))
                .orElseGet(OptionalInt::empty);
    }

    /** Puts another task executor in the place of one that ended. */
    void startTaskExecutor() throws Exception {
        flink.startTaskManager();
    }

    /** Whether Flink itself ended, and not the job. */
    boolean isBroken() {
        return !flink.isRunning() || (result.isDone() && !isOver());
    }

    /** Where the newest checkpoint of this cluster lies, if it has completed one. */
    Optional<String> newestCheckpoint() {
        return checkpoints()
                .map(all -> all.getHistory().getLatestCompletedCheckpoint())
                .map(CompletedCheckpointStats::getExternalPath);
    }

    /** The job's graph: its tasks, their attempts, its checkpoints; empty once it is gone. */
    Optional<AccessExecutionGraph> graph() {
        return info().map(ExecutionGraphInfo::getArchivedExecutionGraph);
    }

    /** Flink's counts of the job's checkpoints and the newest of them. */
    Optional<CheckpointStatsSnapshot> checkpoints() {
        return graph().map(AccessExecutionGraph::getCheckpointStatsSnapshot);
    }

    /** The last failures, as many as Flink keeps; the newest last. */
    List<FailedOnce> failures() {
        List<FailedOnce> failures = new ArrayList<>();
        info().ifPresent(
                        info -> {
                            for (RootExceptionHistoryEntry entry : info.getExceptionHistory()) {
                                failures.add(failure(entry));
                            }
                        });
        return failures;
    }

    /** Why tasks failed last; that their executor went is what came of it. */
    Optional<String> lastFailure() {
        return failures().stream()
                .filter(failure -> !failure.reason().startsWith(EXECUTOR_GONE))
                .reduce((earlier, later) -> later)
                .map(FailedOnce::reason);
    }

    private static FailedOnce failure(RootExceptionHistoryEntry entry) {
        String task = entry.getFailingTaskName();
        return new FailedOnce(
                Instant.ofEpochMilli(entry.getTimestamp()),
                Reasons.deepest(entry.getException()),
                task == null ? "" : task);
    }

    private Optional<ExecutionGraphInfo> info() {
        return answer(() -> flink.graphInfo(job, PATIENCE));
    }

    /** What can be seen of the job now. */
    JobPulse pulse(Optional<JobStatus> status) {
        Optional<ExecutionGraphInfo> info = info();
        List<JobPulse.Failure> failures = new ArrayList<>();
        info.ifPresent(
                seen -> {
                    for (RootExceptionHistoryEntry entry : seen.getExceptionHistory()) {
                        Instant at = Instant.ofEpochMilli(entry.getTimestamp());
                        failures.add(new JobPulse.Failure(at, entry.getException()));
                    }
                });
        Optional<JobPulse.Checkpointing> checkpoints =
                info.map(ExecutionGraphInfo::getArchivedExecutionGraph)
                        .map(AccessExecutionGraph::getCheckpointStatsSnapshot)
                        .map(EmbeddedCluster::checkpointing);
        return new JobPulse(status, failures, checkpoints, taskExecutors());
    }

    private static JobPulse.Checkpointing checkpointing(CheckpointStatsSnapshot stats) {
        FailedCheckpointStats failed = stats.getHistory().getLatestFailedCheckpoint();
        String reason = failed == null ? null : failed.getFailureMessage();
        CheckpointStatsCounts counts = stats.getCounts();
        long completed = counts.getNumberOfCompletedCheckpoints();
        long failures = counts.getNumberOfFailedCheckpoints();
        return new JobPulse.Checkpointing(completed, failures, reason == null ? "" : reason);
    }

    /** Whether the job has ended, in whatever way, with its cluster still there to say so. */
    boolean isOver() {
        return result.isDone()
                && !result.isCompletedExceptionally()
                && result.join().getApplicationStatus() != ApplicationStatus.UNKNOWN;
    }

    /** Why the job ended; empty while it runs or if it ended well. */
    Optional<String> failure() {
        try {
            return result.get(1, TimeUnit.SECONDS)
                    .getSerializedThrowable()
                    .map(SerializedThrowable.class::cast)
                    .map(Reasons::deepest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(Reasons.deepest(e));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    /** Ends the job where it is; what its newest checkpoint holds stays. */
    void cancel(Duration patience) {
        if (isOver()) {
            return;
        }
        try {
            flink.cancelJob(job).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            LOG.warn("The job did not end when told to: {}", Reasons.deepest(e));
        }
    }

    /**
     * Stops the job at its inputs and keeps all that it knows at that moment: who goes on from
     * there repeats nothing.
     *
     * @param folder below which it is kept
     * @return where
     */
    String stop(String folder, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + patience.toNanos();
        String path =
                flink.stopWithSavepoint(job, folder, false, SavepointFormatType.NATIVE)
                        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        result.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        return path;
    }

    // A cluster that is gone throws at once instead of answering.
    private static <T> Optional<T> answer(Supplier<CompletableFuture<T>> question) {
        try {
            return Optional.of(question.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        close(PATIENCE);
    }

    /** Closes the cluster, and leaves it to itself if it takes longer than that. */
    void close(Duration patience) {
        close(flink, patience);
    }

    private static void close(SealedMiniCluster flink, Duration patience) {
        try {
            flink.closeAsync().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Flink did not end cleanly: {}", Reasons.deepest(e));
        }
    }
}
