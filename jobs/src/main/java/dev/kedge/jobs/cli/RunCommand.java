// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.JobSettings;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.dashboard.DashboardServer;
import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.dashboard.ScoreBoard;
import dev.kedge.jobs.feed.BoardListener;
import dev.kedge.jobs.feed.JobWatch;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.flink.Checkpoints;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.jobs.flink.JobFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
                "Runs a job file against your brokers, with Flink in this process. Goes on from the job's newest checkpoint.",
        footer = {
            "",
            "Examples:",
            "  kedge run ads.yaml",
            "  kedge run ads.yaml --fresh",
            "  kedge run ads.yaml --check"
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
    private Path file;

    @Option(
            names = "--fresh",
            description = "Forget earlier checkpoints and start with new models.")
    private boolean fresh;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description = "Checkpoint or savepoint to go on from (default: the newest of the job).")
    private String from;

    @Option(
            names = "--check",
            description = "Check the file, the brokers and the topics; run nothing.")
    private boolean check;

    @Option(
            names = "--show",
            description = "Print the whole configuration with its defaults; run nothing.")
    private boolean show;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        JobSettings settings = StrictYaml.read(file, JobSettings.DEFAULT, JobSettings.class);
        PrintWriter out = spec.commandLine().getOut();
        if (show) {
            out.print(StrictYaml.write(settings));
            out.flush();
            return 0;
        }
        LocalTopics.require(settings);
        if (check) {
            out.println(file + ": good; the brokers answer and the topics are there");
            out.flush();
            return 0;
        }
        try (Interrupt interrupt = new Interrupt()) {
            run(settings, interrupt, out);
        }
        return 0;
    }

    private Optional<String> resume(JobSettings settings) {
        if (fresh) {
            return Optional.empty();
        }
        return Optional.ofNullable(from).or(() -> Checkpoints.newest(settings.checkpointUri()));
    }

    private void run(JobSettings settings, Interrupt interrupt, PrintWriter out) {
        ScoreBoard board = new ScoreBoard(Clock.systemUTC());
        JobHealth health = new JobHealth(Clock.systemUTC());
        Optional<String> resume = resume(settings);
        try (Page page = Page.of(settings, board, health);
                EmbeddedJob job = EmbeddedJob.start(settings, resume);
                OutputFeed feed = new OutputFeed(settings, new BoardListener(board)).start()) {
            out.println(
                    settings.name()
                            + resume.map(path -> " goes on from " + path).orElse(" starts anew")
                            + page.where());
            out.flush();
            JobWatch watch = new JobWatch(job, health);
            while (!interrupt.await(LOOK)) {
                watch.look()
                        .ifPresent(
                                reason -> {
                                    throw new JobFailedException("the job is over: " + reason);
                                });
            }
        }
    }

    private record Page(Optional<DashboardServer> server) implements AutoCloseable {
        static Page of(JobSettings settings, ScoreBoard board, JobHealth health) {
            JobSettings.Dashboard d = settings.dashboard();
            if (!d.enabled()) {
                return new Page(Optional.empty());
            }
            Optional<String> token = Optional.of(d.token()).filter(text -> !text.isEmpty());
            return new Page(
                    Optional.of(
                            new DashboardServer(board, health, token).start(d.host(), d.port())));
        }

        String where() {
            return server.map(s -> "; open " + s.uri()).orElse("") + " (Ctrl-C ends it)";
        }

        @Override
        public void close() {
            server.ifPresent(DashboardServer::close);
        }
    }
}
