// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import java.nio.file.Path;
import java.util.Locale;

/** Classifier experiments: a grid of continual classifiers over a data set. */
public final class GridKind implements ExperimentKind<ExperimentSettings> {
    @Override
    public ExperimentSettings defaults() {
        return ExperimentSettings.DEFAULT;
    }

    @Override
    public ExperimentSettings withData(ExperimentSettings settings, String path) {
        return settings.with("data.path", path);
    }

    @Override
    public ExperimentSettings withCores(ExperimentSettings settings, int cores) {
        return settings.with("running.cores", cores);
    }

    @Override
    public Path folder(ExperimentSettings settings) {
        return Path.of(settings.running().folder(), settings.name());
    }

    @Override
    public Study open(ExperimentSettings settings, Start start) {
        Experiment experiment = Experiment.open(settings, start.folder(), start.fresh());
        long left = experiment.runs() - experiment.finished();
        int cores = settings.running().cores();
        String begin =
                "%d of %d runs to make, %d at the same time, in %s (Ctrl-C keeps what is done)";
        Object[] values = {left, experiment.runs(), cores, start.folder()};
        start.say().accept(String.format(Locale.ROOT, begin, values));
        return experiment;
    }
}
