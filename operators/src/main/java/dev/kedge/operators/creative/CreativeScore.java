// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.creative;

import java.util.List;

/**
 * What Kedge says of one running creative at one moment. All probabilities are conditional on the
 * creative running at {@code at}.
 *
 * @param model the model that scored
 * @param creative the creative
 * @param spell 0 for the first life, one more after each re-activation
 * @param advertiser who pays
 * @param text the creative's text, shortened
 * @param at event time of the event that caused the score, epoch milliseconds
 * @param launchedAt start of this spell, epoch milliseconds
 * @param cause what made Kedge look at the creative again
 * @param interval the hazard interval in which the creative is now
 * @param cuts starts of the hazard intervals in days since launch, one for each hazard
 * @param hazard hazard of interval {@code interval + i}
 * @param survival probability to run past interval {@code interval + i}
 * @param horizons probability of discontinuation within each configured horizon
 * @param cutOut probability of discontinuation before the boundary between cut-out and wear-out; 0
 *     once past it
 * @param wearOut probability of discontinuation within the longest horizon and after the boundary
 * @param expectedDays expected days still to run within a window as long as the finite cuts
 *     (restricted mean survival)
 * @param risk minus {@code expectedDays}: what creatives are ranked by, at any age
 * @param action what to do
 * @param reason why, in a sentence
 * @param contributions signed contributions of each group of inputs to the probability at the first
 *     horizon, largest first
 * @param totals what the creative earned in this spell
 * @param latest what it earned in the newest reported period
 * @param modelVersion optimiser steps that the model had made
 * @param featureTime event time of the newest statistics in the features, epoch milliseconds;
 *     launch if none
 */
public record CreativeScore(
        String model,
        String creative,
        int spell,
        String advertiser,
        String text,
        long at,
        long launchedAt,
        Cause cause,
        int interval,
        double[] cuts,
        double[] hazard,
        double[] survival,
        List<Horizon> horizons,
        double cutOut,
        double wearOut,
        double expectedDays,
        double risk,
        Action action,
        String reason,
        List<Contribution> contributions,
        Traffic totals,
        Traffic latest,
        long modelVersion,
        long featureTime) {

    /** What makes Kedge score a creative. */
    public enum Cause {
        /** It starts to run. */
        LAUNCH,
        /** New statistics. */
        STATISTICS,
        /** It entered the next hazard interval. */
        INTERVAL,
        /** It runs again. */
        REACTIVATION,
        /** It is stopped: the final record of the spell, with action {@link Action#STOPPED}. */
        DISCONTINUATION
    }

    /** What an operator should do with the creative. */
    public enum Action {
        /** Nothing speaks against it. */
        KEEP,
        /** Look at it again soon. */
        WATCH,
        /** Refresh it: it wears out. */
        REFRESH,
        /** Stop it: it will not serve. */
        STOP,
        /** It is stopped already; a final record. */
        STOPPED
    }

    /**
     * Probability of discontinuation within a horizon.
     *
     * @param days length of the horizon
     * @param probability probability to be discontinued within it
     */
    public record Horizon(double days, double probability) {}

    /**
     * How much one group of inputs moved the probability at the first horizon.
     *
     * @param group the group: {@code text}, {@code categories}, {@code embedding}, {@code
     *     delivery}, {@code click-through}, {@code timing}, {@code facts}
     * @param change probability with the group minus probability without it
     */
    public record Contribution(String group, double change) {}

    /**
     * Counts and money.
     *
     * @param impressions times shown
     * @param clicks times clicked
     * @param conversions times converted
     * @param spend money spent
     */
    public record Traffic(long impressions, long clicks, long conversions, double spend) {
        /** Nothing yet. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0);

        /** Clicks by impression; 0 without impressions. */
        public double clickThroughRate() {
            return impressions == 0 ? 0 : (double) clicks / impressions;
        }
    }
}
