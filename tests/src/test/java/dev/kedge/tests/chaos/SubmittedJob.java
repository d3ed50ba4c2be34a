// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import dev.kedge.connectors.testing.Patience;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;

/** A job on the cluster, seen through its REST interface. */
public final class SubmittedJob {

    private final RestClusterClient<String> client;
    private final JobID id;

    /** A job of a cluster. */
    public SubmittedJob(RestClusterClient<String> client, JobID id) {
        this.client = client;
        this.id = id;
    }

    /** Where the job is now; whoever cannot say so at the moment does not run. */
    public JobProgress progress() throws Exception {
        try {
            JobDetailsInfo details =
                    client.getJobDetails(id).get(Patience.SECONDS, TimeUnit.SECONDS);
            requireUnfinished(details.getJobStatus());
            return allRunning(details) ? progress(checkpoints()) : JobProgress.NOT_RUNNING;
        } catch (ExecutionException e) {
            return JobProgress.NOT_RUNNING;
        }
    }

    private static JobProgress progress(CheckpointingStatistics checkpoints) {
        CheckpointingStatistics.LatestCheckpoints latest = checkpoints.getLatestCheckpoints();
        return new JobProgress(
                true,
                checkpoints.getCounts().getNumberCompletedCheckpoints(),
                checkpoints.getCounts().getNumberRestoredCheckpoints(),
                Optional.ofNullable(latest.getCompletedCheckpointStatistics())
                        .map(completed -> completed.getTriggerTimestamp())
                        .orElse(0L),
                Optional.ofNullable(latest.getRestoredCheckpointStatistics())
                        .map(restored -> restored.getRestoreTimestamp())
                        .orElse(0L));
    }

    private void requireUnfinished(JobStatus status) throws Exception {
        if (status.isGloballyTerminalState()) {
            throw new IllegalStateException("the job is over before its end: " + status + reason());
        }
    }

    private static boolean allRunning(JobDetailsInfo details) {
        return details.getJobStatus() == JobStatus.RUNNING
                && details.getJobVertexInfos().stream()
                        .allMatch(
                                vertex ->
                                        vertex.getTasksPerState().get(ExecutionState.RUNNING)
                                                == vertex.getParallelism());
    }

    private CheckpointingStatistics checkpoints() throws Exception {
        JobMessageParameters parameters = new JobMessageParameters();
        parameters.jobPathParameter.resolve(id);
        return client.sendRequest(
                        CheckpointingStatisticsHeaders.getInstance(),
                        parameters,
                        EmptyRequestBody.getInstance())
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }

    private String reason() throws Exception {
        JobResult result = client.requestJobResult(id).get(Patience.SECONDS, TimeUnit.SECONDS);
        return result.getSerializedThrowable().map(error -> ": " + error).orElse("");
    }

    /** Stops the job; what it held back is committed, what it remembers is in the savepoint. */
    public String stopWithSavepoint(Path folder) throws Exception {
        return client.stopWithSavepoint(
                        id, false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(Patience.SECONDS, TimeUnit.SECONDS);
    }
}
