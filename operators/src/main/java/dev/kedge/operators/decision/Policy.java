// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.decision;

import dev.kedge.operators.creative.CreativeScore.Action;
import dev.kedge.state.settings.Checks;
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
 *
 * @param rule by what to decide
 * @param horizon days ahead; one of the job's horizons, or the next longer one is taken
 * @param stopAbove probability from which on to stop, by thresholds
 * @param watchAbove probability from which on to watch, by either rule
 * @param minimumImpressions evidence below which nothing but watching is recommended
 * @param ignoring causes of discontinuation that are no reason to stop, such as a spent budget
 * @param costs what mistakes cost
 */
public record Policy(
        Rule rule,
        double horizon,
        double stopAbove,
        double watchAbove,
        long minimumImpressions,
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

    /**
     * What mistakes cost.
     *
     * @param dead money lost by a unit of money spent on a dead creative
     * @param live money lost by a unit of money that a live creative would have spent
     * @param stopFee money lost by each stop of a live creative, whatever it spends
     * @param checkEvery time until the operators look again
     * @param budget most money that stops may be expected to cost in a period of that length, by
     *     model; 0 for no limit
     */
    public record Costs(
            double dead, double live, double stopFee, Duration checkEvery, double budget)
            implements Serializable {
        /** Spend on dead creatives is lost, a fifth of what live ones would spend; daily checks. */
        public static final Costs DEFAULT = new Costs(1, 0.2, 0, Duration.ofDays(1), 0);

        /** Checks the numbers. */
        public Costs {
            amount("policy.costs.dead", dead);
            amount("policy.costs.live", live);
            amount("policy.costs.stop-fee", stopFee);
            amount("policy.costs.budget", budget);
            Checks.require(
                    checkEvery.compareTo(Duration.ofMinutes(1)) >= 0
                            && checkEvery.compareTo(Duration.ofDays(365)) <= 0,
                    "policy.costs.check-every",
                    checkEvery,
                    "between 1 minute and 365 days");
        }

        private static void amount(String field, double value) {
            Checks.require(
                    value >= 0 && Double.isFinite(value), field, value, "at least 0 and finite");
        }

        double checkDays() {
            return checkEvery.toMillis() / DAY;
        }
    }

    /** Checks the numbers. */
    public Policy {
        ignoring = List.copyOf(ignoring);
        Checks.require(
                horizon > 0 && horizon <= 365, "policy.horizon", horizon, "above 0, at most 365");
        Checks.require(
                stopAbove > 0 && stopAbove <= 1, "policy.stop-above", stopAbove, "in (0, 1]");
        Checks.require(
                watchAbove > 0 && watchAbove <= stopAbove,
                "policy.watch-above",
                watchAbove,
                "above 0 and at most policy.stop-above");
        Checks.require(
                minimumImpressions >= 0,
                "policy.minimum-impressions",
                minimumImpressions,
                "at least 0");
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
