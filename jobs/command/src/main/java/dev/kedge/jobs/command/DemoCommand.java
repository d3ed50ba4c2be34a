// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.command.demo.Demo;
import dev.kedge.jobs.command.demo.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
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
final class DemoCommand implements Callable<Integer>, EndsItself {

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
            description =
                    "End when the job has run so long, for example 60s (default: only with Ctrl-C).")
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
        boolean playable = speed > 0 && speed <= 1000;
        DemoChecks.require(playable, "--speed", speed, "above 0, at most 1000 days a second");
        DemoChecks.port(port);
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
        try (Demo demo = new Demo(new Demo.Options(port, seed, speed, folder, creativeMemory))) {
            new DemoLines(demo, interrupt, out)
                    .follow(
                            Optional.ofNullable(duration),
                            () ->
                                    format(
                                            "%,d events, %,d scores, %,d dead letters; %s",
                                            demo.played(),
                                            demo.scores(),
                                            demo.deadLetters(),
                                            demo.progress().line()));
            out.println("Most at risk:");
            demo.riskiest(10).forEach(score -> out.println(Progress.line(score)));
            out.println("Concordance: " + demo.progress().line());
            if (creativeMemory) {
                out.print(format("Recognised as an earlier creative: %,d%n", demo.recognised()));
            }
            out.flush();
        }
    }
}
