// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.experiment.Comparison;
import dev.kedge.jobs.experiment.Experiment;
import dev.kedge.jobs.experiment.ExperimentProgress;
import dev.kedge.jobs.experiment.ExperimentSettings;
import dev.kedge.jobs.flink.JobFailedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a grid of continual classifiers over a data set, or goes on with it. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        description =
                "Runs a grid of continual classifiers over a data set and reports accuracy, forgetting, memory and speed. Runs that its folder holds already are not run again; one that was interrupted or killed goes on from its snapshot.",
        footer = {
            "",
            "Examples:",
            "  kedge experiment docs/experiments/split-mnist.yaml --data /data/mnist --cores 2",
            "  kedge experiment my.yaml --fresh",
            "  kedge experiment compare experiments/plain experiments/averaged"
        })
final class ExperimentCommand implements Callable<Integer>, EndsItself {
    private static final Duration LOOK = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "FILE.yaml",
            arity = "0..1",
            description = "The experiment file (docs/experiments.md).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the data lies (default: data.path of the file).")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where runs and report go (default: running.folder and the name).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--cores",
            paramLabel = "COUNT",
            description = "Runs at the same time (default: running.cores of the file).")
    private Optional<Integer> cores = Optional.empty();

    @Option(names = "--fresh", description = "Forget the runs that the folder holds.")
    private boolean fresh;

    @Option(
            names = "--show",
            description = "Print the whole experiment file with its defaults; run nothing.")
    private boolean show;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        ExperimentSettings settings = settings();
        PrintWriter terminal = spec.commandLine().getOut();
        if (show) {
            terminal.print(StrictYaml.write(settings));
            terminal.flush();
            return 0;
        }
        Path folder = out.orElseGet(() -> Path.of(settings.running().folder(), settings.name()));
        boolean all;
        try (Interrupt interrupt = new Interrupt();
                Experiment experiment = Experiment.open(settings, folder, fresh)) {
            terminal.printf(
                    Locale.ROOT,
                    "%d of %d runs to make, %d at the same time, in %s (Ctrl-C keeps what is done)%n",
                    experiment.progress().runs() - experiment.finished(),
                    experiment.progress().runs(),
                    settings.running().cores(),
                    folder);
            terminal.flush();
            all = follow(experiment, interrupt, terminal);
            terminal.print(experiment.report());
        }
        terminal.println(
                all
                        ? "The report is " + folder.resolve("report.html")
                        : "Interrupted; the same command goes on.");
        terminal.flush();
        return 0;
    }

    private ExperimentSettings settings() {
        Path path =
                file.orElseThrow(
                        () ->
                                new ParameterException(
                                        spec.commandLine(),
                                        "Missing required parameter: 'FILE.yaml'"));
        ExperimentSettings given =
                StrictYaml.read(path, ExperimentSettings.DEFAULT, ExperimentSettings.class);
        ExperimentSettings placed =
                data.map(folder -> given.with("data.path", folder)).orElse(given);
        try {
            return cores.map(number -> placed.with("running.cores", number)).orElse(placed);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("--cores: " + e.getMessage());
        }
    }

    /** Returns whether all runs are over; false after an interrupt. */
    private static boolean follow(
            Experiment experiment, Interrupt interrupt, PrintWriter terminal) {
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Boolean> over =
                    CompletableFuture.supplyAsync(experiment::run, background);
            ExperimentProgress progress = experiment.progress();
            ProgressLines lines =
                    Boolean.getBoolean("kedge.terminal")
                            ? ProgressLines.inPlace(terminal)
                            : ProgressLines.plain(terminal);
            while (!over.isDone()) {
                if (interrupt.await(LOOK)) {
                    experiment.stop();
                    break;
                }
                lines.show(progress);
            }
            boolean all = over.join();
            lines.end();
            return all;
        } catch (CompletionException e) {
            throw new JobFailedException("a run failed: " + root(e) + " (the log has the rest)");
        } finally {
            background.shutdown();
        }
    }

    private static Throwable root(Throwable problem) {
        return problem.getCause() == null ? problem : root(problem.getCause());
    }

    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description =
                    "Compares what two experiments both ran, seed by seed: B less A, with its 95 %% interval.",
            footer = {
                "",
                "Examples:",
                "  kedge experiment compare experiments/plain experiments/averaged"
            })
    int compare(
            @Parameters(paramLabel = "A", description = "Folder of an experiment.") Path first,
            @Parameters(paramLabel = "B", description = "Folder of another.") Path second) {
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.print(Comparison.of(first, second).table());
        terminal.flush();
        return 0;
    }
}
