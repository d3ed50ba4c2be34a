// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import dev.kedge.jobs.laboratory.ExperimentKind;
import dev.kedge.jobs.laboratory.Study;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.state.settings.Schema;
import java.nio.file.Path;

/**
 * Survival experiments: every variant with every seed, beside batch learners. The figures follow
 * from the settings and the data alone.
 */
public final class SurvivalKind implements ExperimentKind<SurvivalExperimentSettings> {
    @Override
    public SurvivalExperimentSettings defaults() {
        return SurvivalExperimentSettings.DEFAULT;
    }

    @Override
    public SurvivalExperimentSettings withData(SurvivalExperimentSettings settings, String path) {
        return Schema.with(settings, "data", path);
    }

    @Override
    public Path folder(SurvivalExperimentSettings settings) {
        return Path.of(settings.folder(), settings.name());
    }

    @Override
    public Study open(SurvivalExperimentSettings settings, Start start) {
        Lives lives =
                switch (settings.kind()) {
                    case MARKET -> new MarketStudy(settings);
                    case ADS -> AdsStudy.of(settings);
                    case SETS -> SetsStudy.of(settings);
                };
        return new Sweep<>(
                start, new SurvivalTable(settings.name(), lives.figures()), lives.parts());
    }
}
