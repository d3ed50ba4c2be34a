// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.chaos;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The chaos test as a command, as long as one likes. */
@Command(
        name = "kedge chaos",
        mixinStandardHelpOptions = true,
        description =
                "Kills task managers of a real Flink cluster while the job learns, and compares what it leaves with a"
                        + " run without kills. Ends with 0 if every byte is the same.",
        footer = {"", "Examples:", "  kedge chaos --kills 20 --models 100 --seed 1"})
public final class ChaosCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @Option(
            names = "--kills",
            defaultValue = "20",
            description = "Task managers to kill (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--models",
            defaultValue = "100",
            description = "Models, each a market (default: ${DEFAULT-VALUE}).")
    private int models;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description =
                    "Seed of the market, the learners and the kills (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--speed",
            defaultValue = "0.5",
            paramLabel = "DAYS",
            description = "Simulated days a second (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--folder",
            defaultValue = "target/chaos",
            description = "Where logs and savepoints go (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Spec private CommandSpec spec;

    /** Runs and exits with 0 if every byte is the same, 1 if not. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = new Chaos(options(), out::println).run();
        verdict.differences().stream().limit(SHOWN).forEach(out::println);
        out.println(verdict.line());
        out.flush();
        return verdict.same() ? 0 : 1;
    }

    private ChaosOptions options() {
        try {
            return new ChaosOptions(kills, models, seed, speed, folder);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
