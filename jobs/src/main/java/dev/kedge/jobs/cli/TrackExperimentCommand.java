// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.tracking.TrackExperiment;
import dev.kedge.jobs.tracking.TrackExperimentSettings;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;
import java.util.function.Consumer;
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
final class TrackExperimentCommand extends ExperimentFileCommand<TrackExperimentSettings> {
    @Override
    TrackExperimentSettings read(Path path) {
        return StrictYaml.read(
                path, TrackExperimentSettings.DEFAULT, TrackExperimentSettings.class);
    }

    @Override
    TrackExperimentSettings withData(TrackExperimentSettings settings, String path) {
        return Schema.with(settings, "data.path", path);
    }

    @Override
    Path folder(TrackExperimentSettings settings) {
        return Path.of(settings.folder(), settings.name());
    }

    @Override
    String run(TrackExperimentSettings settings, Path folder, Consumer<String> say) {
        return new TrackExperiment(settings, folder).run(say);
    }
}
