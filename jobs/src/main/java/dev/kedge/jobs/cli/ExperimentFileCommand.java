// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.StrictYaml;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command that runs one experiment file from its beginning to its end.
 *
 * @param <T> settings of the experiment
 */
abstract class ExperimentFileCommand<T> implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.yaml", description = "The experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Where the data lie (default: what the file says under data).")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where table and report go (default: folder and name of the file).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--show",
            description = "Print the whole experiment file with its defaults; run nothing.")
    private boolean show;

    @Spec private CommandSpec spec;

    abstract T read(Path path);

    abstract T withData(T settings, String path);

    /** Where files go unless told otherwise. */
    abstract Path folder(T settings);

    /** Runs it; gives the table. */
    abstract String run(T settings, Path folder, Consumer<String> say);

    @Override
    public Integer call() {
        T given = read(file);
        T settings = data.map(path -> withData(given, path)).orElse(given);
        PrintWriter terminal = spec.commandLine().getOut();
        if (show) {
            terminal.print(StrictYaml.write(settings));
        } else {
            Path folder = out.orElseGet(() -> folder(settings));
            String table =
                    run(
                            settings,
                            folder,
                            line -> {
                                terminal.println(line);
                                terminal.flush();
                            });
            terminal.print(table);
            terminal.println("The table is " + folder.resolve("results.csv"));
        }
        terminal.flush();
        return 0;
    }
}
