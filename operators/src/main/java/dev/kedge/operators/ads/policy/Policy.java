// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * When to recommend what: a policy file, or the {@code policy} of a job.
 *
 * <p>A creative is dead if its operator will discontinue it within the horizon; {@code p} is the
 * probability of that. With the rule {@link Rule#THRESHOLDS} a creative is to be stopped from a
 * probability on. With {@link Rule#COSTS} it is to be stopped when running on until the next check
 * is expected to cost more than stopping it now: {@code p * dead * spend * check-every} against
 * {@code (1 - p) * (stop-fee + live * spend * horizon)}, the spend being a day's.
 */
public record Policy(
        @Meaning(
                        "By what to stop: from a probability on, or where running on is expected to cost more than stopping.")
                Rule rule,
        @Meaning(
                        "Days ahead of the probability by which an action is chosen; above 0, at most the longest of `horizons`. One of these, or the next longer one is taken.")
                @Range(above = 0, max = 365)
                double horizon,
        @Meaning(
                        "From which probability on to stop, or past the boundary to refresh; above 0, at most 1.")
                @Range(above = 0, max = 1)
                double stopAbove,
        @Meaning("From which probability on to watch; above 0, at most `stop-above`.")
                @Range(above = 0)
                double watchAbove,
        @Meaning("Impressions below which nothing beyond watching is recommended; at least 0.")
                @Range(min = 0)
                long minimumImpressions,
        @Meaning("Causes, of `causes.names` or `other`, that are no reason to stop a creative.")
                List<String> ignoring,
        Costs costs)
        implements Serializable {
    private static final double DAY = 86_400_000.0;

    /** Stop above 50 % within 3 days, watch above 25 %, 1,000 impressions. */
    public static final Policy DEFAULT =
            new Policy(Rule.THRESHOLDS, 3, 0.5, 0.25, 1000, List.of(), Costs.DEFAULT);

    /** By what to decide. */
    public enum Rule {
        /** By the probability alone. */
        THRESHOLDS,
        /** By what is expected to be lost either way. */
        COSTS
    }

    /** What mistakes cost. */
    public record Costs(
            @Meaning(
                            "Money lost by a unit of money spent on a creative that is discontinued within the horizon; at least 0.")
                    @Range(min = 0)
                    double dead,
            @Meaning(
                            "Money lost by a unit of money that a creative stopped in error would have spent; at least 0.")
                    @Range(min = 0)
                    double live,
            @Meaning("Money lost by each stop in error, whatever the creative spends; at least 0.")
                    @Range(min = 0)
                    double stopFee,
            @Meaning("Time until the operators look again; 1 minute to 365 days.")
                    @Lasting(min = "1 minute", max = "365 days")
                    Duration checkEvery,
            @Meaning(
                            "Most money that the stops advised in a `check-every` may be expected to lose, by model; 0 for no limit.")
                    @Range(min = 0)
                    double budget)
            implements Serializable {
        /** Spend on dead creatives is lost, a fifth of what live ones would spend; daily checks. */
        public static final Costs DEFAULT = new Costs(1, 0.2, 0, Duration.ofDays(1), 0);

        double checkDays() {
            return checkEvery.toMillis() / DAY;
        }
    }

    /** Checks the numbers. */
    public Policy {
        ignoring = List.copyOf(ignoring);
        Checks.require(
                watchAbove <= stopAbove,
                "watch-above",
                watchAbove,
                "above 0 and at most policy.stop-above");
    }

    /**
     * What is known of a creative at a check.
     *
     * @param probability probability to be discontinued within the horizon
     * @param pastBoundary whether it outlived the boundary between cut-out and wear-out
     * @param impressions how often it was shown in this spell
     * @param spendADay money that it spends in a day
     */
    public record Situation(
            double probability, boolean pastBoundary, long impressions, double spendADay) {}

    /** Why a decision fell. */
    public enum Ground {
        /** Nothing speaks against the creative. */
        CALM,
        /** Something does, but not enough. */
        WATCHED,
        /** Too little was seen of it to stop it. */
        EVIDENCE,
        /** Stops have cost enough for this period. */
        BUDGET,
        /** It is better stopped. */
        RISK
    }

    /**
     * What to do.
     *
     * @param action keep, watch, refresh or stop
     * @param ground why
     * @param keepCost money that running on until the next check is expected to waste
     * @param stopCost money that stopping now is expected to lose
     */
    public record Decision(Action action, Ground ground, double keepCost, double stopCost) {
        /** Whether the creative should be stopped or replaced. */
        public boolean stops() {
            return action == Action.STOP || action == Action.REFRESH;
        }

        /** The same, put off because the budget for stops is spent. */
        public Decision overBudget() {
            return new Decision(Action.WATCH, Ground.BUDGET, keepCost, stopCost);
        }
    }

    /** Decides by one situation alone, whatever the budget. */
    public Decision decide(Situation now) {
        double p = now.probability();
        double keepCost = p * costs.dead() * now.spendADay() * costs.checkDays();
        double stopCost = (1 - p) * (costs.stopFee() + costs.live() * now.spendADay() * horizon);
        boolean risky = rule == Rule.COSTS ? keepCost > stopCost : p >= stopAbove;
        if (!risky) {
            boolean watched = p >= watchAbove;
            return new Decision(
                    watched ? Action.WATCH : Action.KEEP,
                    watched ? Ground.WATCHED : Ground.CALM,
                    keepCost,
                    stopCost);
        }
        if (now.impressions() < minimumImpressions) {
            return new Decision(Action.WATCH, Ground.EVIDENCE, keepCost, stopCost);
        }
        return new Decision(
                now.pastBoundary() ? Action.REFRESH : Action.STOP, Ground.RISK, keepCost, stopCost);
    }

    /** Which of increasing numbers of days stands for the horizon. */
    public double among(List<Double> days) {
        return days.stream()
                .filter(d -> d >= horizon)
                .findFirst()
                .orElse(days.get(days.size() - 1));
    }
}
