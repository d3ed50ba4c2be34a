// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.flink.JobFailedException;
import dev.kedge.jobs.laboratory.ExperimentFile;
import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that runs an experiment file of some kinds. */
abstract class ExperimentFileCommand implements Callable<Integer>, EndsItself {
    private static final Duration LOOK = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "FILE.yaml",
            arity = "0..1",
            description = "The experiment file (docs/experiments.md).")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Where the data lie (default: what the file says under data).")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description =
                    "Where runs, tables and report go (default: folder and name of the file).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--cores",
            paramLabel = "COUNT",
            description = "Runs at the same time (default: what the file says, or 1).")
    private Optional<Integer> cores = Optional.empty();

    @Option(names = "--fresh", description = "Forget the runs that the folder holds.")
    private boolean fresh;

    @Option(
            names = "--show",
            description = "Print the whole experiment file with its defaults; run nothing.")
    private boolean show;

    @Spec private CommandSpec spec;

    private final List<ExperimentKind<?>> kinds;

    ExperimentFileCommand(ExperimentKind<?>... kinds) {
        this.kinds = List.of(kinds);
    }

    @Override
    public Integer call() {
        String missing = "Missing required parameter: 'FILE.yaml'";
        Path path = file.orElseThrow(() -> new ParameterException(spec.commandLine(), missing));
        ExperimentFile<?> experiment = ExperimentFile.read(path, kinds).with(data, cores);
        PrintWriter terminal = terminal();
        if (show) {
            terminal.print(experiment.text());
        } else {
            run(experiment, terminal);
        }
        terminal.flush();
        return 0;
    }

    final PrintWriter terminal() {
        return spec.commandLine().getOut();
    }

    private void run(ExperimentFile<?> experiment, PrintWriter terminal) {
        ProgressLines lines =
                Boolean.getBoolean("kedge.terminal")
                        ? ProgressLines.inPlace(terminal, System::nanoTime)
                        : ProgressLines.plain(terminal, System::nanoTime);
        Path folder = out.orElseGet(experiment::folder);
        ExperimentKind.Start start =
                new ExperimentKind.Start(folder, cores.orElse(1), fresh, lines::say);
        try (Interrupt interrupt = new Interrupt();
                Study study = experiment.open(start)) {
            boolean all = follow(study, interrupt, lines);
            terminal.print(study.report());
            terminal.println(study.ending(all));
            // After an interrupt the process may end as soon as that is closed.
            terminal.flush();
        }
    }

    /** Returns whether all runs are over; false after an interrupt. */
    private static boolean follow(Study study, Interrupt interrupt, ProgressLines lines) {
        ExecutorService background = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(study::run, background);
            boolean interrupted = false;
            while (!interrupted && !over.isDone()) {
                interrupted = interrupt.await(LOOK);
                lines.show(study.progress());
            }
            if (interrupted) {
                study.stop();
            }
            // What a stopped run would lose anyway is not waited for.
            boolean all = (!interrupted || study.resumes()) && over.join();
            lines.end(study.progress());
            return all;
        } catch (CompletionException e) {
            Throwable root = root(e);
            throw root instanceof ConfigurationException mistake
                    ? mistake
                    : new JobFailedException("a run failed: " + root);
        } finally {
            background.shutdown();
        }
    }

    private static Throwable root(Throwable problem) {
        return problem.getCause() == null ? problem : root(problem.getCause());
    }
}
