// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.stream.Tunable;

/**
 * What was set over a learner's settings while it ran. Not part of a {@link TrackingModel}'s state:
 * whoever sets it keeps it.
 *
 * @param rate learning rate, not a number for the configured one
 * @param embedding weight of the contrastive loss, not a number for the configured one
 * @param auxiliary weight of the auxiliary loss, not a number for the configured one
 */
public record TrackingTuning(double rate, double embedding, double auxiliary)
        implements Tunable<TrackingTuning> {
    /** Weight of the contrastive loss. */
    public static final String EMBEDDING = "embedding";

    /** Weight of the auxiliary loss. */
    public static final String AUXILIARY = "auxiliary";

    /** As configured. */
    public static final TrackingTuning NONE =
            new TrackingTuning(Double.NaN, Double.NaN, Double.NaN);

    @Override
    public TrackingTuning withRate(double other) {
        return new TrackingTuning(other, embedding, auxiliary);
    }

    @Override
    public TrackingTuning withWeight(String term, double weight) {
        return switch (term) {
            case EMBEDDING -> new TrackingTuning(rate, weight, auxiliary);
            case AUXILIARY -> new TrackingTuning(rate, embedding, weight);
            default -> this;
        };
    }

    private static double or(double set, double configured) {
        return Double.isNaN(set) ? configured : set;
    }

    /** Weighs an objective's losses by this. */
    void weigh(CtvisObjective objective, ContrastiveClip.Settings settings) {
        objective.weigh(
                or(embedding, settings.embeddingWeight()),
                or(auxiliary, settings.auxiliaryWeight()));
    }
}
