// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.decisions;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.OmittedIfEmpty;
import dev.kedge.state.record.Since;
import java.util.List;
import java.util.Optional;

/**
 * What a person decided of a creative, or noted: one record of the decisions' topic. Nothing is
 * ever changed or deleted; a decision that is taken back is followed by another that says so.
 *
 * @param id its name, unique among the decisions of the creative
 * @param model the model that scores the creative
 * @param creative the creative
 * @param campaign its campaign; empty if the stream does not tell
 * @param kind what was decided
 * @param who by whom, in their own words or in those of a proxy
 * @param reason why, or the note itself; may be empty
 * @param until until when a {@link Kind#SNOOZE} lasts, epoch milliseconds
 * @param undoes id of the decision that an {@link Kind#UNDO} takes back; else empty
 * @param at when, by the clock of the dashboard's machine, epoch milliseconds
 * @param seen what Kedge said of the creative at that moment
 */
public record Decision(
        String id,
        String model,
        String creative,
        @Since(1) @OmittedIfEmpty String campaign,
        Kind kind,
        String who,
        @Since(1) @OmittedIfEmpty String reason,
        @Moment Optional<Long> until,
        @Since(1) @OmittedIfEmpty String undoes,
        @Moment long at,
        Seen seen) {
    /** A category may have 64 KiB; the name of a campaign has so many chars at most. */
    public static final int MOST_CAMPAIGN = 256;

    /** What can be decided. */
    public enum Kind {
        /** It was stopped, or is about to be, by a person. */
        STOP,
        /** It runs on, whatever the advice. */
        KEEP,
        /** It is looked at again later. */
        SNOOZE,
        /** Nothing; somebody writes something down. */
        NOTE,
        /** An earlier decision is taken back. */
        UNDO;

        /** Whether it says what is to become of the creative. */
        public boolean settles() {
            return this == STOP || this == KEEP || this == SNOOZE;
        }
    }

    /**
     * What Kedge said of a creative when somebody decided.
     *
     * @param spell which life of the creative it was
     * @param action its advice
     * @param horizons its probabilities to be stopped
     * @param expectedWaste money that it was expected to waste until the next check
     * @param currency of that money; may be empty
     * @param scoredAt event time of the score, epoch milliseconds
     * @param modelVersion optimiser steps that the model had made
     */
    public record Seen(
            int spell,
            Action action,
            List<Horizon> horizons,
            double expectedWaste,
            @Since(1) @OmittedIfEmpty String currency,
            @Moment long scoredAt,
            long modelVersion) {
        /** What a score says. */
        public static Seen of(CreativeScore score) {
            return new Seen(
                    score.spell(),
                    score.action(),
                    score.forecast().horizons(),
                    score.advice().expectedWaste(),
                    score.description().currency(),
                    score.at(),
                    score.version().modelVersion());
        }
    }
}
