// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.survival.SurvivalExperiment;
import dev.kedge.jobs.survival.SurvivalExperimentSettings;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

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
final class SurvivalExperimentCommand extends ExperimentFileCommand<SurvivalExperimentSettings> {
    @Override
    SurvivalExperimentSettings read(Path path) {
        return StrictYaml.read(
                path, SurvivalExperimentSettings.DEFAULT, SurvivalExperimentSettings.class);
    }

    @Override
    SurvivalExperimentSettings withData(SurvivalExperimentSettings settings, String path) {
        return Schema.with(settings, "data", path);
    }

    @Override
    Path folder(SurvivalExperimentSettings settings) {
        return Path.of(settings.folder(), settings.name());
    }

    @Override
    String run(SurvivalExperimentSettings settings, Path folder, Consumer<String> say) {
        return new SurvivalExperiment(settings, folder).run(say);
    }
}
