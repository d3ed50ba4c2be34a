// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.laboratory.tracker.TrackKind;
import picocli.CommandLine.Command;

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
final class TrackExperimentCommand extends ExperimentFileCommand {
    TrackExperimentCommand() {
        super(new TrackKind());
    }
}
