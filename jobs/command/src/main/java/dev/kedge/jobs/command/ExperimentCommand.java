// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.laboratory.ads.SurvivalKind;
import dev.kedge.jobs.laboratory.classifier.Comparison;
import dev.kedge.jobs.laboratory.classifier.GridKind;
import dev.kedge.jobs.laboratory.tracker.TrackKind;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs an experiment of any kind, or goes on with it. */
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        description =
                "Runs a grid of continual classifiers over a data set and reports accuracy, forgetting, memory and speed. Runs that its folder holds already are not run again; one that was interrupted or killed goes on from its snapshot. Files of survival-experiment and track-experiment are known by their fields and run as well.",
        footer = {
            "",
            "Examples:",
            "  kedge experiment docs/experiments/split-mnist.yaml --data /data/mnist --cores 2",
            "  kedge experiment docs/survival-experiments/ads.yaml --data ads.csv",
            "  kedge experiment my.yaml --fresh",
            "  kedge experiment compare experiments/plain experiments/averaged"
        })
final class ExperimentCommand extends ExperimentFileCommand {
    ExperimentCommand() {
        super(new GridKind(), new SurvivalKind(), new TrackKind());
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
        PrintWriter terminal = terminal();
        terminal.print(Comparison.of(first, second).table());
        terminal.flush();
        return 0;
    }
}
