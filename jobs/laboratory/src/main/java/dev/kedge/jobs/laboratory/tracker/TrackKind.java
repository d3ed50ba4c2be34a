// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tracking experiments: every variant with every seed. The figures follow from the settings and the
 * images alone; speeds do not.
 */
public final class TrackKind implements ExperimentKind<TrackExperimentSettings> {
    @Override
    public TrackExperimentSettings defaults() {
        return TrackExperimentSettings.DEFAULT;
    }

    @Override
    public TrackExperimentSettings withData(TrackExperimentSettings settings, String path) {
        return Schema.with(settings, "data.path", path);
    }

    @Override
    public Path folder(TrackExperimentSettings settings) {
        return Path.of(settings.folder(), settings.name());
    }

    @Override
    public Study open(TrackExperimentSettings settings, Start start) {
        Images images = Images.read(settings.data());
        List<Sweep.Part<TrackResult>> parts = new ArrayList<>();
        for (long seed : settings.seeds()) {
            for (Variant variant : settings.variants()) {
                TrackRun run = new TrackRun(settings, images, variant, seed);
                parts.add(
                        new Sweep.Part<>(
                                variant + ", seed " + seed, 1, out -> out.accept(run.run())));
            }
        }
        return new Sweep<>(start, new TrackTable(settings.name()), parts);
    }
}
