// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import java.util.Comparator;

/** What a score says of one horizon. */
final class Chances {
    private Chances() {}

    /**
     * Probability of a stop within a horizon: that of the score's horizon next to it.
     *
     * @param days the horizon
     * @return NaN where the score has no horizon
     */
    static double within(CreativeScore score, double days) {
        return score.forecast().horizons().stream()
                .min(Comparator.comparingDouble(one -> Math.abs(one.days() - days)))
                .map(Horizon::probability)
                .orElse(Double.NaN);
    }
}
