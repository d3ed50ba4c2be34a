// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.rest.FileUpload;
import org.apache.flink.runtime.rest.RestClient;
import org.apache.flink.runtime.rest.handler.legacy.messages.ClusterOverviewWithVersion;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
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

    private static final String JAR = "application/x-java-archive";

    private final URI address;
    private final RestClient uploads;
    private final RestClusterClient<String> client;

    /** Asks the cluster at an address such as {@code http://localhost:8081}. */
    public FlinkRest(URI address) {
        this.address = address;
        Configuration flink = new Configuration();
        flink.set(RestOptions.ADDRESS, address.getHost());
        flink.set(RestOptions.PORT, address.getPort());
        flink.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
        try {
            uploads = new RestClient(flink, ForkJoinPool.commonPool());
            client = new RestClusterClient<>(flink, address.toString());
        } catch (Exception e) {
            throw new ClusterException(address + ": no client for it (" + e + ")", e);
        }
    }

    /** Task managers and slots; empty while nobody answers. */
    public Optional<ClusterOverviewWithVersion> overview() {
        try {
            return Optional.of(answer(client.getClusterOverview()));
        } catch (ClusterException e) {
            return Optional.empty();
        }
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
                                            address.getHost(),
                                            address.getPort(),
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

    /** How a job is. */
    public JobStatus status(JobID job) {
        return answer(client.getJobStatus(job));
    }

    /** Why a job ended; waits for its end, and is empty if it ended well. */
    public Optional<Throwable> failure(JobID job) {
        return answer(client.requestJobResult(job).thenApply(JobResult::getSerializedThrowable))
                .map(failure -> failure);
    }

    /** Each failure after which a job was begun anew, or ended; the newest first, a line each. */
    public List<String> failures(JobID job) {
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
                .map(failed -> RestReason.deepest(failed.getStacktrace()))
                .toList();
    }

    /**
     * Stops a job at its inputs, and keeps all that it knows at that moment.
     *
     * @return where
     */
    public String stop(JobID job) {
        return answer(client.stopWithSavepoint(job, false, null, SavepointFormatType.CANONICAL));
    }

    /** Ends a job where it is; its newest checkpoint stays. */
    public void cancel(JobID job) {
        answer(client.cancel(job));
    }

    /** The client, for what is not here. */
    public RestClusterClient<String> client() {
        return client;
    }

    private <T> T answer(CompletableFuture<T> asked) {
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ClusterException(RestReason.of(address, e.getCause()), e);
        } catch (TimeoutException e) {
            throw new ClusterException(
                    address + " has not answered for " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted while " + address + " was asked", e);
        }
    }

    @Override
    public void close() {
        client.close();
        uploads.closeAsync().join();
    }
}
