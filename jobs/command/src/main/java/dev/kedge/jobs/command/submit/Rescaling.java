// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.config.ConfigurationException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;

/**
 * Gives a running job more tasks, or fewer.
 *
 * @param rest the cluster
 * @param waiting how to wait for it
 * @param tell takes lines for people
 */
public record Rescaling(FlinkRest rest, Waiting waiting, Consumer<String> tell) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Begins the names of what reads commands, whose order counts: one task, always. */
    private static final String CONTROL = "control";

    /**
     * Rescales a job, and waits until it runs so.
     *
     * @param tasks of each operator
     * @throws ClusterException if the cluster cannot do that
     * @throws ConfigurationException if a job cannot have so many
     */
    public void rescale(JobDetails job, int tasks) {
        Configuration cluster = rest.configuration();
        String name = job.getJobName();
        if (!Slots.isAdaptive(cluster)) {
            throw new ClusterException(
                    "rescale: the scheduler of "
                            + rest.address()
                            + " is not adaptive (jobmanager.scheduler: adaptive); stop "
                            + name
                            + " and submit it with --parallelism "
                            + tasks);
        }
        JobDetailsInfo now = rest.details(job.getJobId());
        int before = Launch.tasks(now);
        requireAllowed(now, Slots.parallelism(tasks));
        if (before == tasks && Launch.runs(now)) {
            tell.accept(format("%s runs with %d %s already", name, tasks, word(tasks)));
            return;
        }
        Slots slots = Slots.of(rest, cluster);
        Slots room = new Slots(slots.total(), slots.free() + before, false);
        room.require(name, tasks);
        rest.require(job.getJobId(), requirements(now, tasks));
        await(job, before, tasks);
    }

    private static void requireAllowed(JobDetailsInfo job, int tasks) {
        for (JobVertexDetailsInfo vertex : job.getJobVertexInfos()) {
            if (!isControl(vertex) && vertex.getMaxParallelism() < tasks) {
                throw ConfigurationException.of(
                        "parallelism: %d is not allowed; %s can have at most %d tasks",
                        tasks, job.getName(), vertex.getMaxParallelism());
            }
        }
    }

    private static boolean isControl(JobVertexDetailsInfo vertex) {
        return vertex.getName().matches("(Source: |decode-)" + CONTROL + "\\b.*");
    }

    private static JobResourceRequirements requirements(JobDetailsInfo job, int tasks) {
        JobResourceRequirements.Builder wanted = JobResourceRequirements.newBuilder();
        for (JobVertexDetailsInfo vertex : job.getJobVertexInfos()) {
            JobVertexID id = vertex.getJobVertexID();
            wanted.setParallelismForJobVertex(id, 1, isControl(vertex) ? 1 : tasks);
        }
        return wanted.build();
    }

    private void await(JobDetails job, int before, int tasks) {
        Optional<JobDetailsInfo> done =
                waiting.until(
                        PATIENCE,
                        () ->
                                Optional.of(rest.details(job.getJobId()))
                                        .filter(
                                                seen ->
                                                        Launch.runs(seen)
                                                                && Launch.tasks(seen) == tasks));
        if (done.isEmpty()) {
            throw new ClusterException(
                    format(
                            "%s was told to run with %d %s, but after %d s it is %s with %d",
                            job.getJobName(),
                            tasks,
                            word(tasks),
                            PATIENCE.toSeconds(),
                            rest.status(job.getJobId()),
                            Launch.tasks(rest.details(job.getJobId()))));
        }
        tell.accept(
                format(
                        "%s runs with %d %s now (there were %d)",
                        job.getJobName(), tasks, word(tasks), before));
    }

    private static String word(int tasks) {
        return tasks == 1 ? "task" : "tasks";
    }
}
