// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.laboratory.ads.SurvivalKind;
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
final class SurvivalExperimentCommand extends ExperimentFileCommand {
    SurvivalExperimentCommand() {
        super(new SurvivalKind());
    }
}
