// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.FileUpload;
import org.apache.flink.runtime.rest.RestClient;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.DashboardConfigurationHeaders;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobConfigHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.JobsOverviewHeaders;
import org.apache.flink.runtime.rest.messages.MessageHeaders;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.JobResourceRequirementsBody;
import org.apache.flink.runtime.rest.messages.job.JobResourceRequirementsHeaders;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.runtime.webmonitor.handlers.JarListHeaders;
import org.apache.flink.runtime.webmonitor.handlers.JarPlanRequestBody;
import org.apache.flink.runtime.webmonitor.handlers.JarRunHeaders;
import org.apache.flink.runtime.webmonitor.handlers.JarRunMessageParameters;
import org.apache.flink.runtime.webmonitor.handlers.JarRunRequestBody;
import org.apache.flink.runtime.webmonitor.handlers.JarUploadHeaders;

/**
 * Asks a cluster through its REST interface, by Flink's own clients. Whatever does not work is a
 * {@link ClusterException} of one line.
 */
public final class FlinkRest implements AutoCloseable {
    /** A large jar over a slow line; everything else answers at once. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** State of many gigabytes. */
    private static final Duration SAVEPOINT = Duration.ofMinutes(30);

    /** Between a question that could not be put and the only other try. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private static final String JAR = "application/x-java-archive";

    private final RestAddresses addresses;
    private final RestClient uploads;
    private final RestClusterClient<String> client;

    /** Asks the cluster at an address such as {@code http://localhost:8081}. */
    public FlinkRest(URI address) {
        this(List.of(address));
    }

    /**
     * Asks a cluster of several job managers: one of them, until it cannot be reached, then the
     * next. Whichever is asked, it knows what the one knows that leads.
     */
    public FlinkRest(List<URI> addresses) {
        this.addresses = new RestAddresses(addresses);
        Configuration flink = new Configuration();
        flink.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
        flink.set(RestOptions.RETRY_DELAY, AGAIN);
        try {
            uploads = new RestClient(flink, ForkJoinPool.commonPool());
            client =
                    new RestClusterClient<>(
                            flink, addresses.toString(), (options, errors) -> this.addresses);
        } catch (Exception e) {
            throw new ClusterException(RestReason.of(address(), e), e);
        }
    }

    /**
     * Asks the cluster at an address, once it has said who it is.
     *
     * @throws ClusterException if nobody answers, or what answers is no Flink, or another one
     */
    public static FlinkRest connect(URI address) {
        return connect(List.of(address), Waiting.USUAL);
    }

    /**
     * Asks a cluster of several job managers, once one of them has said who it is and which of them
     * leads.
     *
     * @throws ClusterException if nobody answers, or what answers is no Flink, or another one, or
     *     none of them leads for a time
     */
    public static FlinkRest connect(List<URI> addresses, Waiting waiting) {
        FlinkRest rest = new FlinkRest(addresses);
        try {
            new FirstContact(rest, waiting).require();
            return rest;
        } catch (RuntimeException e) {
            rest.close();
            throw e;
        }
    }

    /** The address; of several, the one that is asked now. */
    public URI address() {
        return addresses.current();
    }

    /** All addresses. */
    List<URI> addresses() {
        return addresses.all();
    }

    /** Which Flink it says that it is; empty if it says nothing of the kind. */
    Optional<String> version() {
        return Optional.ofNullable(
                answer(
                                client.sendRequest(
                                        DashboardConfigurationHeaders.getInstance(),
                                        EmptyMessageParameters.getInstance(),
                                        EmptyRequestBody.getInstance()))
                        .getFlinkVersion());
    }

    /** Flink's page of a job. */
    public String page(JobID job) {
        return address() + "/#/job/running/" + job.toHexString();
    }

    /** Task managers and slots; empty while nobody answers. */
    public Optional<ClusterOverviewWithVersion> overview() {
        try {
            return Optional.of(answer(client.getClusterOverview()));
        } catch (ClusterException e) {
            return Optional.empty();
        }
    }

    /** All task managers that have registered. */
    public Collection<TaskManagerInfo> taskManagers() {
        return answer(
                        client.sendRequest(
                                TaskManagersHeaders.getInstance(),
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance()))
                .getTaskManagerInfos();
    }

    /** The cluster's own configuration. */
    public Configuration configuration() {
        Map<String, String> options = new TreeMap<>();
        answer(
                        client.sendRequest(
                                ClusterConfigurationInfoHeaders.getInstance(),
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance()))
                .forEach(option -> options.put(option.getKey(), option.getValue()));
        return Configuration.fromMap(options);
    }

    /**
     * Uploads a job jar.
     *
     * @return by which name it is run
     */
    public String upload(Path jar) {
        try {
            String place =
                    answer(
                                    uploads.sendRequest(
                                            address().getHost(),
                                            address().getPort(),
                                            JarUploadHeaders.getInstance(),
                                            EmptyMessageParameters.getInstance(),
                                            EmptyRequestBody.getInstance(),
                                            List.of(new FileUpload(jar, JAR))))
                            .getFilename();
            return place.substring(place.lastIndexOf('/') + 1);
        } catch (IOException e) {
            throw new ClusterException(jar + " cannot be uploaded (" + e + ")", e);
        }
    }

    /** The names by which uploaded jars are run, by those of their files. */
    public Map<String, String> jars() {
        Map<String, String> jars = new TreeMap<>();
        answer(
                        client.sendRequest(
                                JarListHeaders.getInstance(),
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance()))
                .jarFileList
                .forEach(jar -> jars.put(jar.name, jar.id));
        return jars;
    }

    /**
     * Runs an uploaded jar.
     *
     * @param jar its name there
     * @param arguments of its main class
     * @param savepoint what to go on from; empty to start anew
     * @param flink options of Flink for this job alone
     */
    public JobID run(
            String jar,
            List<String> arguments,
            Optional<String> savepoint,
            Map<String, String> flink) {
        JarRunMessageParameters parameters = new JarRunMessageParameters();
        parameters.jarIdPathParameter.resolve(jar);
        JarRunRequestBody body =
                new JarRunRequestBody(
                        null, arguments, null, null, null, savepoint.orElse(null), null, flink);
        return answer(client.sendRequest(JarRunHeaders.getInstance(), parameters, body)).getJobId();
    }

    /** Does all that {@link #run} does, except that no job runs. */
    public void plan(String jar, List<String> arguments) {
        JarRunMessageParameters parameters = new JarRunMessageParameters();
        parameters.jarIdPathParameter.resolve(jar);
        JarPlanRequestBody body = new JarPlanRequestBody(null, arguments, null, null, Map.of());
        answer(client.sendRequest(new PlanHeaders(), parameters, body));
    }

    /** All jobs that run, or that the cluster still knows. */
    public Collection<JobDetails> jobs() {
        return answer(
                        client.sendRequest(
                                JobsOverviewHeaders.getInstance(),
                                EmptyMessageParameters.getInstance(),
                                EmptyRequestBody.getInstance()))
                .getJobs();
    }

    /** A job and its tasks. */
    public JobDetailsInfo details(JobID job) {
        return answer(client.getJobDetails(job));
    }

    /** A job's checkpoints and savepoints. */
    public CheckpointingStatistics checkpoints(JobID job) {
        return answer(ask(CheckpointingStatisticsHeaders.getInstance(), job));
    }

    /** The global parameters of a job; none where the cluster cannot tell. */
    public Map<String, String> parameters(JobID job) {
        try {
            return answer(ask(JobConfigHeaders.getInstance(), job))
                    .getExecutionConfigInfo()
                    .getGlobalJobParameters();
        } catch (ClusterException e) {
            // A job that failed before it ran has no configuration to show.
            return Map.of();
        }
    }

    /** How a job is. */
    public JobStatus status(JobID job) {
        return answer(client.getJobStatus(job));
    }

    /** Why a job ended; waits for its end, and is empty if it ended well. */
    public Optional<Throwable> failure(JobID job) {
        return answer(client.requestJobResult(job).thenApply(JobResult::getSerializedThrowable))
                .map(failure -> failure);
    }

    /**
     * A failure after which a job was begun anew, or ended.
     *
     * @param at when, by the wall clock of the cluster
     * @param reason why, in one line
     */
    public record Failed(Instant at, String reason) {}

    /** Each failure after which a job was begun anew, or ended; the newest first. */
    public List<Failed> failed(JobID job) {
        JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
        parameters.jobPathParameter.resolve(job);
        return answer(
                        client.sendRequest(
                                JobExceptionsHeaders.getInstance(),
                                parameters,
                                EmptyRequestBody.getInstance()))
                .getExceptionHistory()
                .getEntries()
                .stream()
                .map(
                        one ->
                                new Failed(
                                        Instant.ofEpochMilli(one.getTimestamp()),
                                        RestReason.deepest(one.getStacktrace())))
                .toList();
    }

    /** Why a job was begun anew, or ended, each time; the newest first, a line each. */
    public List<String> failures(JobID job) {
        return failed(job).stream().map(Failed::reason).toList();
    }

    /**
     * Stops a job at its inputs, and keeps all that it knows at that moment.
     *
     * @return where
     */
    public String stop(JobID job) {
        return stop(job, Optional.empty());
    }

    /**
     * Stops a job at its inputs, and keeps all that it knows at that moment.
     *
     * @param folder below which; empty for the cluster's own
     * @return where
     */
    public String stop(JobID job, Optional<String> folder) {
        return answer(
                client.stopWithSavepoint(
                        job, false, folder.orElse(null), SavepointFormatType.CANONICAL),
                SAVEPOINT);
    }

    /**
     * Keeps all that a job knows now, while it runs on.
     *
     * @param folder below which; empty for the cluster's own
     * @return where
     */
    public String savepoint(JobID job, Optional<String> folder) {
        return answer(
                client.triggerSavepoint(job, folder.orElse(null), SavepointFormatType.CANONICAL),
                SAVEPOINT);
    }

    /** Deletes a savepoint. */
    public void dispose(String savepoint) {
        answer(client.disposeSavepoint(savepoint));
    }

    /** Takes a checkpoint now; returns when it is complete. */
    public void checkpoint(JobID job) {
        answer(client.triggerCheckpoint(job, CheckpointType.CONFIGURED), SAVEPOINT);
    }

    /** Ends a job where it is; its newest checkpoint stays. */
    public void cancel(JobID job) {
        answer(client.cancel(job));
    }

    /** How many tasks each vertex of a job may have; only an adaptive scheduler knows. */
    public Optional<JobResourceRequirements> requirements(JobID job) {
        JobResourceRequirementsBody body = answer(ask(new JobResourceRequirementsHeaders(), job));
        return body.asJobResourceRequirements();
    }

    /** Says how many tasks each vertex of a job may have. */
    public void require(JobID job, JobResourceRequirements requirements) {
        answer(client.updateJobResourceRequirements(job, requirements));
    }

    /** The client, for what is not here. */
    public RestClusterClient<String> client() {
        return client;
    }

    private <R extends ResponseBody> CompletableFuture<R> ask(
            MessageHeaders<EmptyRequestBody, R, JobMessageParameters> headers, JobID job) {
        JobMessageParameters parameters = headers.getUnresolvedMessageParameters();
        parameters.jobPathParameter.resolve(job);
        return client.sendRequest(headers, parameters, EmptyRequestBody.getInstance());
    }

    private <T> T answer(CompletableFuture<T> asked) {
        return answer(asked, PATIENCE);
    }

    private <T> T answer(CompletableFuture<T> request, Duration patience) {
        try {
            return request.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            URI asked = address();
            if (RestReason.isUnreachable(e.getCause())) {
                addresses.next();
            }
            throw new ClusterException(RestReason.of(asked, e.getCause()), e);
        } catch (TimeoutException e) {
            throw new ClusterException(
                    address() + " has not answered for " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while " + address() + " was asked", e);
        }
    }

    @Override
    public void close() {
        client.close();
        uploads.closeAsync().join();
    }
}
