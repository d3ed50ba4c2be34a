// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.Outcome;
import dev.kedge.operators.tracker.metrics.ClearFigures;
import dev.kedge.operators.tracker.metrics.HotaFigures;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import dev.kedge.operators.tracker.metrics.OwnTracks;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import java.util.List;
import java.util.Locale;

/**
 * What came out of a run.
 *
 * @param labels what was learned, and how it tracked
 * @param beside labels of the run that it is compared with; empty for none
 * @param learns whether anything was learned
 * @param seed the run's seed
 * @param own what each true track has of the track that is its own
 * @param clear CLEAR figures
 * @param hota HOTA figures
 * @param threshold threshold of cosines that was chosen; 0 for none
 * @param framesPerSecond frames learned in a second; depends on the machine
 */
record TrackResult(
        List<String> labels,
        List<String> beside,
        boolean learns,
        long seed,
        OwnTracks own,
        ClearFigures clear,
        HotaFigures hota,
        double threshold,
        double framesPerSecond)
        implements Outcome {

    /** Boxes that overlap by this are of the same thing. */
    static final double SAME_PLACE = 0.5;

    /** The figures that are told of every run, in per cent but for the switches. */
    static final List<Figure<TrackResult>> FIGURES =
            List.of(
                    Figure.of("idf1", run -> 100 * run.identity().f1()),
                    Figure.of("id-switches", run -> run.clear().switches()),
                    Figure.of("hota", run -> 100 * HotaFigures.mean(run.hota().hota())),
                    Figure.of("deta", run -> 100 * HotaFigures.mean(run.hota().detection())),
                    Figure.of("assa", run -> 100 * HotaFigures.mean(run.hota().association())),
                    Figure.of("mota", run -> 100 * run.clear().accuracy()));

    /** Freezes the lists. */
    TrackResult {
        labels = List.copyOf(labels);
        beside = List.copyOf(beside);
    }

    /**
     * Judges what was tracked.
     *
     * @param labels what was learned, and how it tracked
     * @param beside labels of the run that it is compared with; empty for none
     * @param learns whether anything was learned
     * @param threshold of match scores; 0 for none
     */
    static TrackResult of(
            List<String> labels,
            List<String> beside,
            boolean learns,
            long seed,
            TrackedSequence tracked,
            double threshold,
            double framesPerSecond) {
        return new TrackResult(
                labels,
                beside,
                learns,
                seed,
                OwnTracks.of(tracked, SAME_PLACE),
                ClearFigures.of(tracked, SAME_PLACE),
                HotaFigures.of(tracked),
                threshold,
                framesPerSecond);
    }

    /** Identity figures of the videos tracked. */
    IdentityFigures identity() {
        return own.figures();
    }

    /** IDF1, by which thresholds are found. */
    static double f1(TrackedSequence tracked) {
        return IdentityFigures.of(tracked, SAME_PLACE).f1();
    }

    /** The word of a constant, as files have it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
