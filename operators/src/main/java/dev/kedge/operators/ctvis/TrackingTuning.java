// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ctvis;

/**
 * What was set over a learner's settings while it ran. Not part of a {@link TrackingModel}'s state:
 * whoever sets it keeps it.
 *
 * @param rate learning rate, not a number for the configured one
 * @param embedding weight of the contrastive loss, not a number for the configured one
 * @param auxiliary weight of the auxiliary loss, not a number for the configured one
 */
public record TrackingTuning(double rate, double embedding, double auxiliary) {
    /** As configured. */
    public static final TrackingTuning NONE =
            new TrackingTuning(Double.NaN, Double.NaN, Double.NaN);

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
