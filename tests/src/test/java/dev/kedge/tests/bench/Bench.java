// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The benchmarks as commands. */
@Command(
        name = "kedge bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures Kedge on this machine. Results go to target/bench/NAME.json with commit, machine and JVM, plots beside them.")
public final class Bench implements Runnable {
    private static final Path FOLDER = Path.of("target", "bench");

    @Spec private CommandSpec spec;

    /** Runs a benchmark and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "operator",
            mixinStandardHelpOptions = true,
            description =
                    "Records a second: operator, ValueState for each record, bare loop, pipeline alone.")
    int operator(
            @Option(names = "--rounds", defaultValue = "5") int rounds,
            @Option(
                            names = "--seconds",
                            defaultValue = "2",
                            description = "Length of one measurement.")
                    double seconds,
            @Option(
                            names = "--cache-share",
                            defaultValue = "0.1",
                            description =
                                    "Part of the models that the cache holds where the working set shall not fit.")
                    double cacheShare,
            @Option(names = "--managed", defaultValue = "256m", description = "Memory for RocksDB.")
                    String managed,
            @Option(
                            names = "--models",
                            split = ",",
                            defaultValue = "1,1000,100000",
                            description = "Numbers of models of about 5,000 parameters.")
                    List<Integer> models,
            @Option(
                            names = "--no-large",
                            description = "Leave the model of 1,000,000 parameters out.")
                    boolean noLarge) {
        OperatorBench.Settings settings =
                new OperatorBench.Settings(
                        rounds, seconds, cacheShare, MemorySize.parse(managed), models, !noLarge);
        save("operator", new OperatorBench(settings, out()).run());
        return 0;
    }

    private void save(String name, Object result) {
        out().println(Figures.write(FOLDER, name, result));
        out().flush();
    }
}
