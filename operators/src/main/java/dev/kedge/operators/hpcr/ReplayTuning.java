// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

/**
 * What was set over a learner's settings while it ran. Not part of a {@link ReplayModel}'s state:
 * whoever sets it keeps it.
 *
 * @param rate learning rate, not a number for the configured one
 * @param alpha weight of proxy-contrastive distillation, not a number for the configured one
 * @param beta weight of sample-contrastive distillation, not a number for the configured one
 */
public record ReplayTuning(double rate, double alpha, double beta) {
    /** As configured. */
    public static final ReplayTuning NONE = new ReplayTuning(Double.NaN, Double.NaN, Double.NaN);
}
