// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.tracking.TrackExperiment;
import dev.kedge.jobs.tracking.TrackExperimentSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs variants of tracking models over pseudo-videos. */
@Command(
        name = "track-experiment",
        mixinStandardHelpOptions = true,
        description =
                "Learns to tell instances apart in videos made of still images, then tracks other videos, and reports IDF1, identity switches and HOTA for each variant with its 95 %% interval.",
        footer = {
            "",
            "Examples:",
            "  kedge track-experiment docs/track-experiments/pseudo-videos.yaml --data /data/cifar10",
            "  kedge track-experiment my.yaml --show"
        })
final class TrackExperimentCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.yaml", description = "The experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where the images lie (default: data.path of the file).")
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
        TrackExperimentSettings given =
                StrictYaml.read(
                        file, TrackExperimentSettings.DEFAULT, TrackExperimentSettings.class);
        TrackExperimentSettings settings = data.map(given::withData).orElse(given);
        PrintWriter terminal = spec.commandLine().getOut();
        if (show) {
            terminal.print(StrictYaml.write(settings));
        } else {
            Path folder = out.orElseGet(() -> Path.of(settings.folder(), settings.name()));
            String table =
                    new TrackExperiment(settings, folder)
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
