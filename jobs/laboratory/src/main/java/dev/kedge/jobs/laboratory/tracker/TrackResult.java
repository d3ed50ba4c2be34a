// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Outcome;
import dev.kedge.operators.tracker.metrics.ClearFigures;
import dev.kedge.operators.tracker.metrics.HotaFigures;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import java.util.List;
import java.util.Locale;

/**
 * What came out of a run.
 *
 * @param labels what was learned, and how it tracked
 * @param learns whether anything was learned
 * @param seed the run's seed
 * @param identity identity figures of the videos tracked
 * @param clear CLEAR figures
 * @param hota HOTA figures
 * @param threshold threshold of cosines that was chosen; 0 for none
 * @param framesPerSecond frames learned in a second; depends on the machine
 */
record TrackResult(
        List<String> labels,
        boolean learns,
        long seed,
        IdentityFigures identity,
        ClearFigures clear,
        HotaFigures hota,
        double threshold,
        double framesPerSecond)
        implements Outcome {

    /** The figures that are told of every run, in per cent but for the switches. */
    static final List<Figure<TrackResult>> FIGURES =
            List.of(
                    Figure.of("idf1", run -> 100 * run.identity().f1()),
                    Figure.of("id-switches", run -> run.clear().switches()),
                    Figure.of("hota", run -> 100 * HotaFigures.mean(run.hota().hota())),
                    Figure.of("deta", run -> 100 * HotaFigures.mean(run.hota().detection())),
                    Figure.of("assa", run -> 100 * HotaFigures.mean(run.hota().association())),
                    Figure.of("mota", run -> 100 * run.clear().accuracy()));

    /** Freezes the list. */
    TrackResult {
        labels = List.copyOf(labels);
    }

    /** The word of a constant, as files have it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
