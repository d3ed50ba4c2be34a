// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.jobs.laboratory.data.DatasetFormatException;
import dev.kedge.jobs.laboratory.data.MotReader;
import dev.kedge.jobs.laboratory.data.MotSequence;
import dev.kedge.state.settings.Schema;
import java.io.IOException;
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
        return settings.recorded().sequences().isEmpty()
                ? moving(settings, start)
                : recorded(settings, start);
    }

    private static Study recorded(TrackExperimentSettings settings, Start start) {
        MotReader reader = new MotReader(Path.of(settings.data().path()));
        List<MotSequence> all = new ArrayList<>();
        for (String name : settings.recorded().sequences()) {
            all.add(read(reader, name));
        }
        List<Sweep.Part<TrackResult>> parts = new ArrayList<>();
        for (MotSequence judged : all) {
            for (Teaching teaching : settings.recorded().teachings()) {
                for (RecordedVariant variant : settings.recorded().variants()) {
                    for (long seed : settings.seeds()) {
                        RecordedRun run =
                                new RecordedRun(
                                        settings.recorded(), all, judged, teaching, variant, seed);
                        String name =
                                String.join(
                                        ", ",
                                        judged.name(),
                                        TrackResult.word(teaching),
                                        TrackResult.word(variant),
                                        "seed " + seed);
                        parts.add(new Sweep.Part<>(name, 1, out -> out.accept(run.run())));
                    }
                }
            }
        }
        List<String> labels = List.of("judged on", "learned from", "variant");
        return new Sweep<>(start, new TrackTable(settings.name(), labels), parts);
    }

    private static MotSequence read(MotReader reader, String name) {
        try {
            return reader.read(name);
        } catch (DatasetFormatException e) {
            throw new ConfigurationException("recorded.sequences: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "recorded.sequences: cannot be read (" + e.getMessage() + ")");
        }
    }

    private static Study moving(TrackExperimentSettings settings, Start start) {
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
        return new Sweep<>(start, new TrackTable(settings.name(), List.of("variant")), parts);
    }
}
