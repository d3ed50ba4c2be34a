// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.demo.Demo;
import dev.kedge.jobs.demo.Progress;
import dev.kedge.jobs.flink.JobFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a broker, Flink, a simulated market, the job and the dashboard in one process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "A market of ad creatives, live: broker, Flink, job and dashboard in this process."
                        + " Ctrl-C ends it.",
        footer = {
            "",
            "Examples:",
            "  kedge demo",
            "  kedge demo --for 60s --speed 2 --seed 7 --port 0",
            "  kedge demo classifier --for 60s",
            "  kedge demo tracker --for 60s"
        },
        subcommands = {ClassifierDemoCommand.class, TrackerDemoCommand.class})
final class DemoCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "DAYS",
            description = "Simulated days a second (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "End after this time, for example 60s (default: only with Ctrl-C).")
    private Duration duration;

    @Option(
            names = "--port",
            defaultValue = "8088",
            description = "Port of the dashboard, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--seed",
            defaultValue = "17",
            description = "Seed of the market and the models (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--creative-memory",
            description = "Upload every tenth creative again, reworked, and recognise it.")
    private boolean creativeMemory;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        if (!(speed > 0 && speed <= 1000)) {
            throw new ConfigurationException(
                    "--speed: "
                            + speed
                            + " is not allowed; it must be above 0, at most 1000 days a second");
        }
        if (port < 0 || port > 65_535) {
            throw new ConfigurationException(
                    "--port: " + port + " is not allowed; it must be between 0 and 65535");
        }
        Path folder = DemoFolder.create();
        try (Interrupt interrupt = new Interrupt()) {
            run(interrupt, folder);
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    private void run(Interrupt interrupt, Path folder) {
        PrintWriter out = spec.commandLine().getOut();
        Instant began = Instant.now();
        Optional<Instant> end = Optional.ofNullable(duration).map(began::plus);
        try (Demo demo = new Demo(new Demo.Options(port, seed, speed, folder, creativeMemory))) {
            out.println("Kedge runs: open " + demo.uri() + " (Ctrl-C ends it)");
            out.flush();
            boolean over = false;
            while (!over) {
                over =
                        interrupt.await(untilNextLine(end))
                                || end.filter(Instant.now()::isAfter).isPresent();
                demo.failure()
                        .ifPresent(
                                reason -> {
                                    throw new JobFailedException("the job is over: " + reason);
                                });
                out.printf(
                        "%4d s  %,d events, %,d scores, %,d dead letters; %s%n",
                        Duration.between(began, Instant.now()).toSeconds(),
                        demo.played(),
                        demo.scores(),
                        demo.deadLetters(),
                        demo.progress().line());
                out.flush();
            }
            out.println("Most at risk:");
            demo.riskiest(10).forEach(score -> out.println(Progress.line(score)));
            out.println("Concordance: " + demo.progress().line());
            if (creativeMemory) {
                out.printf("Recognised as an earlier creative: %,d%n", demo.recognised());
            }
            out.flush();
        }
    }

    private static Duration untilNextLine(Optional<Instant> end) {
        Duration left =
                end.map(at -> Duration.between(Instant.now(), at).plusMillis(1))
                        .orElse(BETWEEN_LINES);
        Duration least = left.compareTo(BETWEEN_LINES) < 0 ? left : BETWEEN_LINES;
        return least.isNegative() ? Duration.ZERO : least;
    }
}
