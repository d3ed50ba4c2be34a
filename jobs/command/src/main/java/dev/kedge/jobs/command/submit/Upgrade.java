// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.submit;

import dev.kedge.jobs.cluster.Submitted;
import dev.kedge.jobs.command.cluster.ClusterException;
import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Changes a running job: its file, or Kedge itself. The old one is stopped only when the new one
 * has been looked at, and is started again as it was if the new one fails.
 */
public final class Upgrade {
    private final Submission submission;
    private final FlinkRest rest;
    private final Consumer<String> tell;
    private final Launch launch;

    /** Upgrades by a way to submit. */
    public Upgrade(Submission submission) {
        this.submission = submission;
        this.rest = submission.rest();
        this.tell = submission.tell();
        this.launch = new Launch(rest, submission.waiting());
    }

    /** The job as it was. */
    private record Old(JobDetails job, Optional<Submitted> submitted) {
        String name() {
            return job.getJobName();
        }

        Optional<String> folder() {
            return submitted.map(Submitted::folder);
        }
    }

    /**
     * Upgrades the job of a file's name.
     *
     * @throws ClusterException if it does not run as the file says; whether the old one goes on is
     *     said
     * @throws ConfigurationException if its models do not fit the file
     */
    public void upgrade(JobFile file, Submission.Options options) {
        JobDetails running = new NamedJobs(rest).running(file.name());
        Old old = new Old(running, Submitted.of(rest.parameters(running.getJobId())));
        Launch.Program program = submission.program(file, options);
        try {
            submission.plan(file, program);
        } catch (ClusterException e) {
            throw new ClusterException(e.getMessage() + unchanged(old), e);
        }
        requireFit(file, old);
        String savepoint = rest.stop(running.getJobId(), old.folder());
        launch.awaitEnd(running.getJobId());
        tell.accept(old.name() + " is stopped; all that it knows is in " + savepoint);
        try {
            JobID job =
                    run(
                            new Launch.Program(
                                    program.name(),
                                    program.jar(),
                                    program.arguments(),
                                    Optional.of(savepoint)),
                            file.path().toString());
            tell.accept(old.name() + " goes on as " + file.path() + " says, job " + job);
            tell.accept("Flink's page: " + rest.page(job));
        } catch (ClusterException e) {
            throw undone(old, program, savepoint, e);
        }
    }

    private static String unchanged(Old old) {
        return "; " + old.name() + " goes on as it is";
    }

    /** A savepoint of its own, because checkpoints come and go while they are read. */
    private void requireFit(JobFile file, Old old) {
        String trial = rest.savepoint(old.job().getJobId(), old.folder());
        StateFit fit;
        try {
            fit = StateFit.of(file, trial);
        } finally {
            rest.dispose(trial);
        }
        fit.unseen()
                .ifPresent(
                        why ->
                                tell.accept(
                                        "this machine cannot look whether the models fit: " + why));
        if (fit.refusal().isPresent()) {
            throw ConfigurationException.of(
                    "%s: %s%s", file.path(), fit.refusal().get(), unchanged(old));
        }
    }

    /** Starts a job, and sees it read its state and write it. */
    private JobID run(Launch.Program program, String source) {
        JobID job = launch.start(program, source);
        try {
            launch.awaitRunning(job, program.name(), false);
            rest.checkpoint(job);
            return job;
        } catch (ClusterException e) {
            launch.cancel(job);
            throw e;
        }
    }

    private ClusterException undone(
            Old old, Launch.Program next, String savepoint, ClusterException failure) {
        String why = "the upgrade failed: " + failure.getMessage().replaceFirst("[.]+$", "");
        Optional<String> file = old.submitted().flatMap(Submitted::file);
        if (file.isEmpty()) {
            return new ClusterException(
                    why
                            + "; nobody knows the old job file, so submit it again with --from "
                            + savepoint,
                    failure);
        }
        try {
            JobID job = run(again(old, file.get(), next, savepoint), file.get());
            return new ClusterException(
                    why + "; " + old.name() + " goes on as it was, job " + job, failure);
        } catch (ClusterException e) {
            return new ClusterException(
                    why
                            + "; nor can the old one be started again: "
                            + e.getMessage()
                            + "; all that it knows is in "
                            + savepoint,
                    failure);
        }
    }

    private Launch.Program again(Old old, String file, Launch.Program next, String savepoint) {
        List<String> arguments = new ArrayList<>(List.of("--job", file));
        old.submitted()
                .map(Submitted::parallelism)
                .map(Submission::parallelism)
                .ifPresent(arguments::addAll);
        Map<String, String> jars = rest.jars();
        String jar =
                old.submitted()
                        .flatMap(Submitted::jar)
                        .filter(jars::containsValue)
                        .orElse(next.jar());
        return new Launch.Program(old.name(), jar, arguments, Optional.of(savepoint));
    }
}
