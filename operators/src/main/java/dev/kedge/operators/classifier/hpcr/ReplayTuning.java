// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.stream.Tunable;

/**
 * What was set over a learner's settings while it ran. Not part of a {@link ReplayModel}'s state:
 * whoever sets it keeps it.
 *
 * @param rate learning rate, not a number for the configured one
 * @param alpha weight of proxy-contrastive distillation, not a number for the configured one
 * @param beta weight of sample-contrastive distillation, not a number for the configured one
 */
public record ReplayTuning(double rate, double alpha, double beta)
        implements Tunable<ReplayTuning> {
    /** Weight of proxy-contrastive distillation. */
    public static final String PROXY_DISTILLATION = "proxy-distillation";

    /** Weight of sample-contrastive distillation. */
    public static final String SAMPLE_DISTILLATION = "sample-distillation";

    /** As configured. */
    public static final ReplayTuning NONE = new ReplayTuning(Double.NaN, Double.NaN, Double.NaN);

    @Override
    public ReplayTuning withRate(double other) {
        return new ReplayTuning(other, alpha, beta);
    }

    @Override
    public ReplayTuning withWeight(String term, double weight) {
        return switch (term) {
            case PROXY_DISTILLATION -> new ReplayTuning(rate, weight, beta);
            case SAMPLE_DISTILLATION -> new ReplayTuning(rate, alpha, weight);
            default -> this;
        };
    }
}
