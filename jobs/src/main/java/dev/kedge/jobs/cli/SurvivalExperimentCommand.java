// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.survival.SurvivalExperiment;
import dev.kedge.jobs.survival.SurvivalExperimentSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs variants of discontinuation models beside batch learners. */
@Command(
        name = "survival-experiment",
        mixinStandardHelpOptions = true,
        description =
                "Learns hazards in a single pass over a simulated market, a history of real ads or sets of patients, and reports concordance beside batch learners, with 95 %% intervals over the seeds.",
        footer = {
            "",
            "Examples:",
            "  kedge survival-experiment docs/survival-experiments/ads.yaml --data ads.csv",
            "  kedge survival-experiment my.yaml --show"
        })
final class SurvivalExperimentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.yaml", description = "The experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description =
                    "The CSV file of ads, or the folder of the sets (default: data of the file).")
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

    @Override
    public Integer call() {
        SurvivalExperimentSettings given =
                StrictYaml.read(
                        file, SurvivalExperimentSettings.DEFAULT, SurvivalExperimentSettings.class);
        SurvivalExperimentSettings settings = data.map(given::withData).orElse(given);
        PrintWriter terminal = spec.commandLine().getOut();
        if (show) {
            terminal.print(StrictYaml.write(settings));
        } else {
            Path folder = out.orElseGet(() -> Path.of(settings.folder(), settings.name()));
            String table =
                    new SurvivalExperiment(settings, folder)
                            .run(
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
