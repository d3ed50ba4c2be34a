// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.JobPages;
import dev.kedge.jobs.Jobs;
import dev.kedge.jobs.checkpoint.JobCheckpoints;
import dev.kedge.jobs.checkpoint.ResumePoint;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.References;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.InputPlaces;
import dev.kedge.jobs.feed.JobGuard;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.JobFailedException;
import dev.kedge.jobs.flink.StreamJob;
import dev.kedge.jobs.kind.ChosenJob;
import dev.kedge.jobs.live.LivePage;
import dev.kedge.jobs.page.JobHealth;
import dev.kedge.jobs.state.ModelFit;
import dev.kedge.jobs.state.StateException;
import dev.kedge.operators.math.device.DeviceChoice;
import dev.kedge.operators.math.device.Placement;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a job against the user's own brokers, from its newest checkpoint. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Runs a job file against your brokers, with Flink in this process. Goes on from the job's newest checkpoint; from the one before if that is damaged, and says so.",
        footer = {
            "",
            "Examples:",
            "  kedge run ads.yaml",
            "  kedge run ads.yaml --fresh",
            "  kedge run ads.yaml --check"
        })
final class RunCommand implements Callable<Integer>, EndsItself, KeepsSecrets {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int TRIES = 10;

    @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
    private Path file;

    @Option(
            names = "--fresh",
            description =
                    "Forget earlier checkpoints and start with new models. The earlier ones go when this run has checkpoints.retained of its own.")
    private boolean fresh;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description =
                    "Checkpoint or savepoint to go on from (default: the newest of the job that is not damaged).")
    private String from;

    @Option(
            names = "--check",
            description = "Check the file, the brokers and the topics; run nothing.")
    private boolean check;

    @Option(
            names = "--show",
            description =
                    "Print the whole configuration with its defaults, secrets hidden; run nothing.")
    private boolean show;

    @Spec private CommandSpec spec;

    private References references = References.NONE;

    @Override
    public Integer call() {
        ChosenJob<?> chosen = Jobs.read(file);
        JobSettings settings = chosen.settings();
        references = chosen.references();
        PrintWriter out = spec.commandLine().getOut();
        if (show) {
            out.print(StrictYaml.show(settings, references));
            out.flush();
            return 0;
        }
        // What a job needs beside brokers, such as encoders, is looked at here, too.
        StreamJob job = chosen.job();
        Placement placement = place(settings);
        List<String> remarks = LocalTopics.require(settings);
        if (check) {
            ResumePoint point = fitting(job, settings, placement);
            out.println(file + ": good; the brokers answer and the topics are there");
            tell(remarks, out);
            tell(point.lines(), out);
            return 0;
        }
        tell(remarks, out);
        try (Interrupt interrupt = new Interrupt();
                JobCheckpoints checkpoints =
                        JobCheckpoints.open(settings, line -> tell(out, line))) {
            go(chosen, job, checkpoints, interrupt, out);
        }
        return 0;
    }

    /** The tasks are in this process: what they compute on is known before they start. */
    private Placement place(JobSettings settings) {
        try {
            return DeviceChoice.ofThisMachine().place(settings.device(), List.of(), 0);
        } catch (IllegalArgumentException e) {
            throw ConfigurationException.of("%s: %s", file, e.getMessage());
        }
    }

    private ResumePoint outlook(JobSettings settings) {
        return JobCheckpoints.outlook(settings, Optional.ofNullable(from), fresh);
    }

    /**
     * A job that runs deletes its older checkpoints, and one may go while it is read. One that
     * makes them faster than they can be read would have us look for ever.
     */
    private ResumePoint fitting(StreamJob job, JobSettings settings, Placement placement) {
        ResumePoint point = outlook(settings);
        for (int look = 1; ; look++) {
            try {
                requireFit(job, point, placement);
                return point;
            } catch (StateException e) {
                ResumePoint now = outlook(settings);
                if (now.path().equals(point.path())) {
                    throw e;
                }
                if (look == TRIES) {
                    String often = format("; %d checkpoints went while they were read", TRIES);
                    throw new StateException(e.getMessage() + often, e);
                }
                point = now;
            }
        }
    }

    /** What the models refuse would otherwise be known with their first record only. */
    private void requireFit(StreamJob job, ResumePoint point, Placement placement) {
        if (job.models().isPresent() && point.path().isPresent()) {
            String checkpoint = point.path().get();
            Optional<String> refusal = ModelFit.refusal(checkpoint, job.models().get(), placement);
            if (refusal.isPresent()) {
                throw ConfigurationException.of("%s: %s (%s)", file, refusal.get(), checkpoint);
            }
        }
    }

    @Override
    public String hide(String message) {
        return references.hide(message);
    }

    private static void tell(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private void go(
            ChosenJob<?> chosen,
            StreamJob runs,
            JobCheckpoints checkpoints,
            Interrupt interrupt,
            PrintWriter out) {
        try {
            run(chosen, runs, checkpoints, interrupt, out);
        } catch (JobFailedException e) {
            checkpoints.ended(e.getMessage());
            throw e;
        }
    }

    private void run(
            ChosenJob<?> chosen,
            StreamJob runs,
            JobCheckpoints checkpoints,
            Interrupt interrupt,
            PrintWriter out) {
        JobHealth health = new JobHealth(Clock.systemUTC());
        Optional<String> resume = checkpoints.resume(Optional.ofNullable(from), fresh);
        tell(InputPlaces.check(chosen.settings(), resume), out);
        try (LivePage page = JobPages.of(chosen.settings(), health)) {
            Optional<URI> where = page.serve();
            try (EmbeddedJob job = EmbeddedJob.start(runs, resume);
                    JobGuard guard = JobGuard.start(job, chosen.settings(), health)) {
                page.follow();
                out.println(
                        chosen.settings().name()
                                + resume.map(path -> " goes on from " + path).orElse(" starts anew")
                                + where.map(uri -> "; open " + uri).orElse("")
                                + metrics(chosen.settings().metrics())
                                + " (Ctrl-C ends it)");
                out.flush();
                watch(guard, interrupt, out);
                tell(List.of(guard.stop()), out);
            }
        }
    }

    private static String metrics(JobSettings.Metrics metrics) {
        return metrics.enabled()
                ? "; metrics at http://" + metrics.host() + ":" + metrics.port() + "/metrics"
                : "";
    }

    private static void watch(JobGuard guard, Interrupt interrupt, PrintWriter out) {
        while (!interrupt.await(LOOK)) {
            Optional<String> over = guard.look();
            tell(guard.news(), out);
            if (over.isPresent()) {
                throw new JobFailedException("the job is over: " + over.get());
            }
        }
    }

    private static void tell(List<String> news, PrintWriter out) {
        news.forEach(out::println);
        out.flush();
    }
}
