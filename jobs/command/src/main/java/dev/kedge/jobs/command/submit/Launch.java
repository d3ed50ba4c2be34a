// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.flink.Reasons;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;

/**
 * Starts jobs on a cluster, and watches their first steps.
 *
 * @param rest the cluster
 * @param waiting how to wait for it
 */
record Launch(FlinkRest rest, Waiting waiting) {
    /** Reading the state of a large job takes minutes: then it is said how far it is. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Begins what the job manager says of topics. */
    private static final String MISSING = "no such topic at ";

    private static final Duration END = Duration.ofMinutes(1);

    private static final String SILENT = "Flink does not say why";

    /**
     * What is started.
     *
     * @param name of the job
     * @param jar by which name its jar is run
     * @param arguments of its main class
     * @param from what it goes on from; empty where the arguments say it
     */
    record Program(String name, String jar, List<String> arguments, Optional<String> from) {}

    /**
     * Starts one.
     *
     * @param source stands for the job file in messages
     */
    JobID start(Program program, String source) {
        try {
            return rest.run(
                    program.jar(),
                    program.arguments(),
                    program.from(),
                    Map.of("kedge.jar", program.jar()));
        } catch (ClusterException e) {
            throw new ClusterException(named(e.getMessage(), source), e);
        }
    }

    /** The main class knows the text of a file only: it calls it "job". */
    static String named(String message, String source) {
        String named =
                message.startsWith("job: ") ? source + message.substring("job".length()) : message;
        return named.startsWith(MISSING)
                ? named.replaceFirst("; create it.*", "; --create-topics creates what is missing")
                : named;
    }

    /**
     * Waits until all tasks of a job run.
     *
     * @param patient whether it may fail and begin anew meanwhile
     * @return how it is then, in words
     * @throws ClusterException if it fails
     */
    String awaitRunning(JobID job, String name, boolean patient) {
        Optional<String> running =
                waiting.until(
                        PATIENCE,
                        () -> {
                            JobDetailsInfo seen = rest.details(job);
                            boolean restarts = seen.getJobStatus() == JobStatus.RESTARTING;
                            if (isLost(seen.getJobStatus()) || (restarts && !patient)) {
                                throw new ClusterException(name + " failed: " + why(job));
                            }
                            return runs(seen) ? Optional.of("runs") : Optional.empty();
                        });
        if (running.isEmpty() && !patient) {
            throw new ClusterException(name + " does not run: " + slow(job));
        }
        return running.orElseGet(() -> slow(job));
    }

    private static boolean isLost(JobStatus status) {
        return status == JobStatus.FAILED
                || status == JobStatus.FAILING
                || status == JobStatus.CANCELED;
    }

    static boolean runs(JobDetailsInfo job) {
        return job.getJobStatus() == JobStatus.RUNNING
                && !job.getJobVertexInfos().isEmpty()
                && job.getJobVertexInfos().stream()
                        .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
    }

    private String slow(JobID job) {
        JobStatus status = rest.status(job);
        if (status == JobStatus.CREATED || status == JobStatus.INITIALIZING) {
            return "waits for slots (" + status + ")";
        }
        List<String> failures = rest.failures(job);
        return failures.isEmpty()
                ? "is " + status + ", not all of its tasks run yet"
                : "is " + status + "; its newest failure: " + failures.get(0);
    }

    /** Why it failed, in one line. */
    String why(JobID job) {
        return waiting.until(PATIENCE, () -> said(job)).orElse(SILENT);
    }

    /** Flink shows what it knew some seconds ago: a failure may be known only after its status. */
    private Optional<String> said(JobID job) {
        List<String> failures = rest.failures(job);
        if (failures.isEmpty() && !rest.status(job).isGloballyTerminalState()) {
            return Optional.empty();
        }
        return failures.stream()
                .findFirst()
                .or(() -> rest.failure(job).map(Reasons::deepest))
                .or(() -> Optional.of(SILENT));
    }

    /** Ends a job, and waits for its end. */
    void cancel(JobID job) {
        if (!rest.status(job).isGloballyTerminalState()) {
            rest.cancel(job);
        }
        awaitEnd(job);
    }

    /** Waits for its end. */
    void awaitEnd(JobID job) {
        Optional<JobStatus> end =
                waiting.until(
                        END,
                        () ->
                                Optional.of(rest.status(job))
                                        .filter(JobStatus::isGloballyTerminalState));
        if (end.isEmpty()) {
            throw new ClusterException(
                    "job " + job + " does not end: it is still " + rest.status(job));
        }
    }

    /** How many tasks its widest vertex has: so many slots it takes. */
    static int tasks(JobDetailsInfo job) {
        return job.getJobVertexInfos().stream()
                .mapToInt(JobVertexDetailsInfo::getParallelism)
                .max()
                .orElse(0);
    }
}
