// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Derived;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.Since;
import java.util.List;
import java.util.Objects;

/**
 * How well one model does, judged prequentially: each sample by what was said of it before its
 * label was learned. Numbers that cannot be told are not numbers.
 *
 * @param model the model
 * @param at event time, epoch milliseconds
 * @param modelVersion steps made
 * @param counts what was counted since the start, and what waits
 * @param quality how well it does
 * @param stored samples in memory
 * @param stepsRefused steps that were not made, because they would have made the model useless
 * @param classes the classes, sorted by name
 */
@PublicApi
public record ClassifierMetrics(
        String model,
        @Moment long at,
        long modelVersion,
        @Flat Counts counts,
        @Flat Quality quality,
        long stored,
        @Since(2) long stepsRefused,
        List<ClassFigures> classes) {
    /** Freezes the list. */
    public ClassifierMetrics {
        Objects.requireNonNull(model, "model");
        classes = List.copyOf(classes);
    }

    /**
     * How well one class does.
     *
     * @param label its name
     * @param judged judged samples of it
     * @param learned samples of it that were learned
     * @param stored samples of it in memory
     * @param accuracy share of right answers among its newest judged samples
     * @param best best such share since its window was full for the first time
     */
    public record ClassFigures(
            String label, long judged, long learned, long stored, double accuracy, double best) {
        /** What it lost: its best accuracy less the present one. */
        @Derived
        public double forgetting() {
            return best - accuracy;
        }
    }

    /**
     * What was counted since the start, and what waits.
     *
     * @param samples samples scored
     * @param judged samples whose label came
     * @param waiting samples that wait for their label
     * @param expired samples that waited in vain
     * @param early labels that wait for their sample
     * @param duplicates samples and labels that came again
     * @param deadLetters records refused by the model
     */
    public record Counts(
            long samples,
            long judged,
            long waiting,
            long expired,
            long early,
            long duplicates,
            long deadLetters) {}

    /**
     * How well a model does.
     *
     * @param accuracy share of right answers since the start
     * @param windowAccuracy the same of the newest judged samples
     * @param forgetting mean of what classes lost, over those that can tell
     * @param rank directions that the embeddings of stored samples use ({@link
     *     dev.kedge.operators.metrics.RankMe})
     * @param loss mean loss of the newest steps, before each
     */
    public record Quality(
            double accuracy, double windowAccuracy, double forgetting, double rank, double loss) {}
}
