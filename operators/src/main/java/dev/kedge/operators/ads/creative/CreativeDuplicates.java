// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Moment;
import java.util.List;

/**
 * Which creatives one creative is the same as, or like. The newest record of a creative is the last
 * word on it.
 *
 * @param model the model that says so
 * @param creative the creative
 * @param at event time of what led to it, epoch milliseconds
 * @param cause what led to it
 * @param group name of its group of near-duplicates: that of the group's earliest creative, its own
 *     if it has none
 * @param twins earlier creatives that it is the same as, or like, the most similar first
 * @param modelVersion optimiser steps that the model had made
 */
@PublicApi
public record CreativeDuplicates(
        String model,
        String creative,
        @Moment long at,
        Cause cause,
        String group,
        List<Twin> twins,
        long modelVersion) {
    /** What makes Kedge say it. */
    public enum Cause {
        /** The creative starts to run, or runs again. */
        LAUNCH,
        /** It was scored. */
        SCORE,
        /** Another creative's launch brought its group and another one together. */
        MERGE
    }

    /** What one creative is to another. */
    public enum Tie {
        /** The stream says that they are the same. */
        IDENTITY,
        /** They are so similar that they count as the same. */
        SAME,
        /** They are similar. */
        ALIKE
    }

    /**
     * Another creative.
     *
     * @param creative its id
     * @param similarity cosine of the two embeddings
     * @param tie what it is to the first
     */
    public record Twin(String creative, double similarity, Tie tie) {}
}
