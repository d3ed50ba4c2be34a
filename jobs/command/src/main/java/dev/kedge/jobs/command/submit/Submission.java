// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.cluster.Submitted;
import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.feed.LocalTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Hands job files to a cluster.
 *
 * @param rest the cluster
 * @param home where the job jar comes from
 * @param waiting how to wait for the cluster
 * @param tell takes lines for people
 */
public record Submission(FlinkRest rest, Home home, Waiting waiting, Consumer<String> tell) {
    /**
     * How a job is to be submitted.
     *
     * @param from what to go on from; empty for the newest that the job manager finds
     * @param fresh whether to start anew instead
     * @param parallelism counts before the job file's; empty to leave it to the file
     * @param createTopics whether to create topics that are missing
     */
    public record Options(
            Optional<String> from, boolean fresh, OptionalInt parallelism, boolean createTopics) {}

    /**
     * Submits a job, and waits until it runs.
     *
     * @throws ClusterException if it does not run
     */
    public void submit(JobFile file, Options options) {
        Configuration cluster = rest.configuration();
        requireAbsent(file.name());
        requireFound(file.name(), options);
        int needed = Slots.needed(file, options.parallelism(), cluster);
        Slots.of(rest, cluster).require(file.name(), needed).ifPresent(tell);
        createTopics(file, options);
        Launch launch = new Launch(rest, waiting);
        JobID job = launch.start(program(file, options), file.path().toString());
        tell.accept(file.name() + ": job " + job);
        String how = launch.awaitRunning(job, file.name(), true);
        Optional<Submitted> submitted = Submitted.of(rest.parameters(job));
        tell.accept(
                file.name()
                        + " "
                        + how
                        + "; it "
                        + submitted
                                .flatMap(Submitted::from)
                                .or(options::from)
                                .map(path -> "went on from " + path)
                                .orElse("started anew"));
        tell.accept("Flink's page: " + rest.page(job));
    }

    /**
     * Looks whether a job could be submitted; nothing runs afterwards.
     *
     * @throws ClusterException if it could not
     */
    public void check(JobFile file, Options options) {
        Configuration cluster = rest.configuration();
        createTopics(file, options);
        Launch.Program program = program(file, options);
        plan(file, program);
        tell.accept(
                file.path()
                        + ": good; the job manager takes it, the brokers answer and the topics are there");
        int needed = Slots.needed(file, options.parallelism(), cluster);
        Slots.of(rest, cluster).require(file.name(), needed).ifPresent(tell);
        tell.accept(new Outlook(file, cluster).line(options));
        requireAbsent(file.name());
    }

    /** Lets the job manager do all but run it. */
    void plan(JobFile file, Launch.Program program) {
        try {
            rest.plan(program.jar(), program.arguments());
        } catch (ClusterException e) {
            throw new ClusterException(Launch.named(e.getMessage(), file.path().toString()), e);
        }
    }

    private void requireAbsent(String name) {
        List<JobDetails> same = new NamedJobs(rest).named(name);
        if (!same.isEmpty()) {
            JobDetails job = same.get(0);
            throw new ClusterException(
                    "a job named '"
                            + name
                            + "' is there already ("
                            + job.getStatus()
                            + ", "
                            + job.getJobId()
                            + "); kedge upgrade changes it, kedge stop "
                            + name
                            + " ends it");
        }
    }

    /**
     * Flink deletes the checkpoints of a job that was stopped with a savepoint: where that lies
     * elsewhere, the job's folder holds nothing to go on from, and its models would begin anew.
     */
    private void requireFound(String name, Options options) {
        if (options.fresh() || options.from().isPresent()) {
            return;
        }
        Optional<JobDetails> last = new NamedJobs(rest).lastOf(name);
        if (last.isEmpty() || last.get().getStatus() != JobStatus.FINISHED) {
            return;
        }
        JobID id = last.get().getJobId();
        Optional<String> savepoint = JobReport.newestSavepoint(rest.checkpoints(id));
        String folder =
                Submitted.of(rest.parameters(id))
                        .map(Submitted::folder)
                        .map(Submission::bare)
                        .orElse("");
        if (savepoint.isPresent()
                && !folder.isEmpty()
                && !bare(savepoint.get()).startsWith(folder + "/")) {
            throw new ClusterException(
                    "all that "
                            + name
                            + " knew when it was stopped is in "
                            + savepoint.get()
                            + ", outside of its folder; go on from there with --from, or start with new models with --fresh");
        }
    }

    /** Flink writes {@code file:///a} in one place and {@code file:/a} in another. */
    private static String bare(String place) {
        return place.replaceFirst("^file:/+", "/").replaceAll("/+$", "");
    }

    private void createTopics(JobFile file, Options options) {
        if (options.createTopics()) {
            List<String> made = LocalTopics.createMissing(file.settings());
            if (!made.isEmpty()) {
                tell.accept("created " + String.join(", ", made));
            }
        }
    }

    /** The program that a job file is. */
    Launch.Program program(JobFile file, Options options) {
        List<String> arguments = new ArrayList<>(List.of("--job-inline", file.inline(), "--check"));
        arguments.addAll(parallelism(options.parallelism()));
        if (options.from().isEmpty() && !options.fresh()) {
            arguments.add("--newest");
        }
        return new Launch.Program(
                file.name(),
                UploadedJar.of(rest, home, tell),
                arguments,
                options.from().map(Submission::place));
    }

    /** Arguments of the main class that say how many tasks count; none if nobody said it. */
    static List<String> parallelism(OptionalInt tasks) {
        return tasks.isPresent()
                ? List.of("--parallelism", Integer.toString(tasks.getAsInt()))
                : List.of();
    }

    /** The job manager has another working folder than whoever types a path. */
    public static String place(String path) {
        return path.contains("://") || path.startsWith("file:")
                ? path
                : Path.of(path).toAbsolutePath().normalize().toUri().toString();
    }
}
