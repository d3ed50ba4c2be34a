// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import java.nio.file.Path;

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
        String runs = left + " of " + experiment.runs() + " runs to make, ";
        String where = cores + " at the same time, in " + start.folder();
        start.say().accept(runs + where + " (Ctrl-C keeps what is done)");
        return experiment;
    }
}
