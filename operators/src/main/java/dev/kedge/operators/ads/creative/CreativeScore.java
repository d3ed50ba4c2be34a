// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.creative;

import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.Moment;
import dev.kedge.state.record.Rounded;
import dev.kedge.state.record.Since;
import java.util.List;
import java.util.Optional;

/**
 * What Kedge says of one running creative at one moment. All probabilities are conditional on the
 * creative running at {@code at}.
 *
 * @param subject the creative
 * @param description what people know it by
 * @param at event time of the event that caused the score, epoch milliseconds
 * @param launchedAt start of this spell, epoch milliseconds
 * @param cause what made Kedge look at the creative again
 * @param outlook hazards and survival, interval by interval
 * @param forecast probabilities of discontinuation
 * @param advice what to do, and why
 * @param totals what the creative earned in this spell
 * @param latest what it earned in the newest reported period
 * @param version what the model knew
 * @param remainingDays between how many days from now it stops; not there while too little is known
 *     to say, and in the last record of a spell
 */
@PublicApi
public record CreativeScore(
        @Flat Subject subject,
        @Flat CreativeDescription description,
        @Moment long at,
        @Moment long launchedAt,
        Cause cause,
        @Flat Outlook outlook,
        @Flat Forecast forecast,
        @Flat Advice advice,
        Traffic totals,
        Traffic latest,
        @Flat Version version,
        @Since(4) Optional<RemainingDays> remainingDays) {

    /** The model that scored. */
    public String model() {
        return subject.model();
    }

    /** The creative's id. */
    public String creative() {
        return subject.creative();
    }

    /** Which life of the creative it is. */
    public int spell() {
        return subject.spell();
    }

    /** What to do. */
    public Action action() {
        return advice.action();
    }

    /**
     * The same with only what a policy decides by and is judged by: without curves, texts and
     * contributions, a quarter of the whole.
     */
    public CreativeScore forPolicies() {
        CreativeDescription ad = description.withoutText();
        Outlook now = outlook.withoutCurves();
        Advice said = advice.withoutWords();
        return new CreativeScore(
                subject,
                ad,
                at,
                launchedAt,
                cause,
                now,
                forecast,
                said,
                totals,
                latest,
                version,
                remainingDays);
    }

    /**
     * The same with the contributions of an earlier score if it has none and its advice is still
     * that one: jobs can be told to give them with news only.
     */
    public CreativeScore explainedBy(CreativeScore earlier) {
        boolean lacking = advice.contributions().isEmpty();
        if (!lacking || !subject.equals(earlier.subject) || action() != earlier.action()) {
            return this;
        }
        Advice said = advice.because(earlier.advice.contributions());
        return new CreativeScore(
                subject,
                description,
                at,
                launchedAt,
                cause,
                outlook,
                forecast,
                said,
                totals,
                latest,
                version,
                remainingDays);
    }

    /**
     * Which creative is spoken of.
     *
     * @param model the model that scored
     * @param creative the creative
     * @param spell 0 for the first life, one more after each re-activation
     */
    public record Subject(String model, String creative, int spell) {}

    /**
     * What lies ahead, hazard interval by hazard interval.
     *
     * @param interval the hazard interval in which the creative is now
     * @param cuts starts of the hazard intervals in days since launch, one for each hazard
     * @param hazard hazard of interval {@code interval + i}
     * @param survival probability to run past interval {@code interval + i}
     * @param lower lower end of the 95 % band of each survival, for what the model does not know of
     *     its own head
     * @param upper upper end of it
     */
    public record Outlook(
            int interval,
            double[] cuts,
            @Rounded double[] hazard,
            @Rounded double[] survival,
            @Rounded double[] lower,
            @Rounded double[] upper) {
        private Outlook withoutCurves() {
            double[] none = new double[0];
            return new Outlook(interval, none, none, none, none, none);
        }
    }

    /**
     * When it will be stopped.
     *
     * @param horizons probability of discontinuation within each configured horizon, calibrated
     * @param causes the probability of the policy's horizon by cause of discontinuation, in the
     *     order of the configuration; empty if it names none
     * @param cutOut probability of discontinuation before the boundary between cut-out and
     *     wear-out; 0 once past it
     * @param wearOut probability of discontinuation within the longest horizon and after the
     *     boundary
     * @param expectedDays expected days still to run within a window as long as the finite cuts
     *     (restricted mean survival)
     * @param risk minus {@code expectedDays}: what creatives are ranked by, at any age
     */
    public record Forecast(
            List<Horizon> horizons,
            List<CauseShare> causes,
            double cutOut,
            @Rounded double wearOut,
            double expectedDays,
            double risk) {}

    /**
     * What to do.
     *
     * @param action what to do
     * @param reason why, in a sentence
     * @param spendADay money that it spends in a day, from the newest reported period
     * @param expectedWaste money that it is expected to waste until the next check if it runs on
     * @param contributions signed contributions of each group of inputs to the probability at the
     *     first horizon, largest first
     */
    public record Advice(
            Action action,
            String reason,
            double spendADay,
            double expectedWaste,
            List<Contribution> contributions) {
        private Advice because(List<Contribution> others) {
            return new Advice(action, reason, spendADay, expectedWaste, others);
        }

        private Advice withoutWords() {
            return new Advice(action, "", spendADay, expectedWaste, List.of());
        }
    }

    /**
     * What the model knew.
     *
     * @param modelVersion optimiser steps that it had made
     * @param featureTime event time of the newest statistics in the features, epoch milliseconds;
     *     launch if none
     * @param outcomes probabilities of the policy's horizon whose outcome was known to the model;
     *     -1 where none is judged, 0 in records of before
     */
    public record Version(long modelVersion, @Moment long featureTime, @Since(3) long outcomes) {}

    /**
     * A predictive interval: so many of the intervals that are said hold, over time and for each
     * group of advertisers.
     *
     * @param level share of the intervals that are to hold
     * @param low days from now before which the creative does not stop
     * @param high days from now by which it stops; not a number if it may well run for longer than
     *     the finite hazard intervals are long
     */
    public record RemainingDays(double level, @Rounded double low, @Rounded double high) {
        /** Whether it has no upper end. */
        public boolean isOpen() {
            return Double.isNaN(high);
        }
    }

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
        /**
         * It is stopped: the final record of the spell, its action {@link Action#isFinal() final}.
         */
        DISCONTINUATION;

        /** Orders what several causes say of one creative at one moment. */
        public int order() {
            return switch (this) {
                case LAUNCH, REACTIVATION -> 0;
                case INTERVAL -> 1;
                case STATISTICS -> 2;
                case DISCONTINUATION -> 3;
            };
        }
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
        STOPPED,
        /** It was lost from sight, for a reason that tells nothing of it; a final record. */
        LOST,
        /** Too little is known of it, or of the model, to say anything. Last: it came last. */
        UNKNOWN;

        /** Whether the record is the last of its spell. */
        public boolean isFinal() {
            return this == STOPPED || this == LOST;
        }
    }

    /**
     * Probability of discontinuation within a horizon.
     *
     * @param days length of the horizon
     * @param probability probability to be discontinued within it, so that of a hundred creatives
     *     with 30 % thirty are
     * @param raw the same as the hazards say it, before calibration
     */
    public record Horizon(double days, double probability, @Rounded double raw) {}

    /**
     * Probability of discontinuation for one cause.
     *
     * @param cause name of the cause
     * @param probability probability to be discontinued for it within the policy's horizon
     */
    public record CauseShare(String cause, double probability) {}

    /**
     * How much one group of inputs moved the probability at the first horizon.
     *
     * @param group the group: {@code text}, {@code categories}, {@code embedding}, {@code
     *     delivery}, {@code click-through}, {@code timing}, {@code facts}
     * @param change probability with the group minus probability without it
     */
    public record Contribution(String group, @Rounded double change) {}

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
