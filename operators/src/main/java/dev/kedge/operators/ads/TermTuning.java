// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.stream.Tunable;

/**
 * What was set of the hazards' learning while the job ran.
 *
 * @param rate learning rate, not a number for the configured one
 * @param shortTerm factor of the cut-out term, not a number for the configured one
 * @param longTerm factor of the wear-out term, not a number for the configured one
 */
record TermTuning(double rate, double shortTerm, double longTerm) implements Tunable<TermTuning> {
    static final String SHORT_TERM = "short-term";
    static final String LONG_TERM = "long-term";

    /** As configured. */
    static final TermTuning NONE = new TermTuning(Double.NaN, Double.NaN, Double.NaN);

    @Override
    public TermTuning withRate(double other) {
        return new TermTuning(other, shortTerm, longTerm);
    }

    @Override
    public TermTuning withWeight(String term, double weight) {
        return switch (term) {
            case SHORT_TERM -> new TermTuning(rate, weight, longTerm);
            case LONG_TERM -> new TermTuning(rate, shortTerm, weight);
            default -> this;
        };
    }
}
