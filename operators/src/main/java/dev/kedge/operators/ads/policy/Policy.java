// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import static dev.kedge.operators.ads.policy.Policy.Rule.COSTS;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.state.api.PublicApi;
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
 * probability of that. With {@link Rule#COSTS} it is to be stopped when that is expected to save
 * more than it loses: {@code p * dead * spend * horizon / 2} against {@code (1 - p) * (stop-fee +
 * live * spend * (horizon + run-on))}, the spend being a day's. Both are what {@link Reckoning}
 * counts afterwards: of a dead creative all that it would still have spent, half a horizon on
 * average; of a live one all that it goes on to spend. With {@link Rule#THRESHOLDS} it is to be
 * stopped from a probability on. Where evidence is thin neither says anything.
 */
@PublicApi
public record Policy(
        @Meaning(
                        "By what to stop: from a probability on, or where stopping is expected to save more than it loses.")
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
        @Meaning("Impressions of a creative below which its advice is `unknown`; at least 0.")
                @Range(min = 0)
                long minimumImpressions,
        @Meaning(
                        "Probabilities of a model whose outcome is known, below which all its advice is `unknown`; at least 0. Without calibration none is judged, and this does not apply.")
                @Range(min = 0)
                long minimumOutcomes,
        @Meaning("Causes, of `causes.names` or `other`, that are no reason to stop a creative.")
                List<String> ignoring,
        Costs costs,
        Steadiness steadiness)
        implements Serializable {
    private static final double DAY = 86_400_000.0;

    /** By costs within 14 days, watch above 40 %, 1,000 impressions and 500 outcomes. */
    public static final Policy DEFAULT =
            new Policy(
                    COSTS, 14, 0.75, 0.4, 1000, 500, List.of(), Costs.DEFAULT, Steadiness.DEFAULT);

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
                            "How long a creative that outlives the horizon runs on after it, on average: what it would have spent in that time is lost by a stop in error, too; 0 to 365 days.")
                    @Lasting(min = "0", max = "365 days")
                    Duration runOn,
            @Meaning(
                            "Most money that the stops advised in a `check-every` may be expected to lose, by model; 0 for no limit.")
                    @Range(min = 0)
                    double budget)
            implements Serializable {
        /**
         * Spend on dead creatives is lost, a fifth of what live ones would spend; daily checks, and
         * three weeks beyond the horizon.
         */
        public static final Costs DEFAULT =
                new Costs(1, 0.2, 0, Duration.ofDays(1), Duration.ofDays(21), 0);

        double checkDays() {
            return checkEvery.toMillis() / DAY;
        }

        double runOnDays() {
            return runOn.toMillis() / DAY;
        }
    }

    /** What keeps advice from flapping. */
    public record Steadiness(
            @Meaning(
                            "Share of the level at which an advice to stop or watch is given, below which it is taken back; 0 to 1, and 1 for no difference. With `rule: costs` the level is what stopping is expected to save, over what it is expected to lose.")
                    @Range(min = 0, max = 1)
                    double leave,
            @Meaning(
                            "Least event time between two changes of a creative's advice; 0 to 365 days. The first after `unknown` does not wait.")
                    @Lasting(min = "0", max = "365 days")
                    Duration hold)
            implements Serializable {
        /** Taken back at half the level, a week between changes. */
        public static final Steadiness DEFAULT = new Steadiness(0.5, Duration.ofDays(7));

        /** Each advice stands for itself. */
        public static final Steadiness NONE = new Steadiness(1, Duration.ZERO);
    }

    /** Checks the numbers. */
    public Policy {
        ignoring = List.copyOf(ignoring);
        String allowed = "above 0 and at most policy.stop-above";
        Checks.require(watchAbove <= stopAbove, "watch-above", watchAbove, allowed);
    }

    /**
     * What is known of a creative at a check.
     *
     * @param probability probability to be discontinued within the horizon
     * @param pastBoundary whether it outlived the boundary between cut-out and wear-out
     * @param impressions how often it was shown in this spell
     * @param spendADay money that it spends in a day
     * @param outcomes how many of the model's probabilities have a known outcome; -1 where none is
     *     ever judged
     */
    public record Situation(
            double probability,
            boolean pastBoundary,
            long impressions,
            double spendADay,
            long outcomes) {}

    /** Why a decision fell. */
    public enum Ground {
        /** Nothing speaks against the creative. */
        CALM,
        /** Something does, but not enough. */
        WATCHED,
        /** Too little was seen of it. */
        EVIDENCE,
        /** The model has proved too little. */
        COLD,
        /** The advice changed too recently to change again. */
        HELD,
        /** Stops have cost enough for this period. */
        BUDGET,
        /** It is better stopped. */
        RISK
    }

    /**
     * What to do.
     *
     * @param action keep, watch, refresh, stop or unknown
     * @param ground why
     * @param keepCost money that running on until the next check is expected to waste
     * @param saving money that stopping now is expected to save
     * @param stopCost money that stopping now is expected to lose
     */
    public record Decision(
            Action action, Ground ground, double keepCost, double saving, double stopCost) {
        /** Whether the creative should be stopped or replaced. */
        public boolean stops() {
            return action == Action.STOP || action == Action.REFRESH;
        }

        /** The same, put off because the budget for stops is spent. */
        public Decision overBudget() {
            return new Decision(Action.WATCH, Ground.BUDGET, keepCost, saving, stopCost);
        }

        /** The same, put off because the last advice still holds. */
        Decision held(Action last) {
            return new Decision(last, Ground.HELD, keepCost, saving, stopCost);
        }
    }

    /** Whether too little is known to say anything. */
    boolean isThin(Situation now) {
        return isCold(now) || now.impressions() < minimumImpressions;
    }

    private boolean isCold(Situation now) {
        return now.outcomes() >= 0 && now.outcomes() < minimumOutcomes;
    }

    /** Decides by one situation alone, whatever the budget and the past. */
    public Decision decide(Situation now) {
        return decide(now, Action.UNKNOWN);
    }

    /**
     * Decides by one situation and the last advice, which is taken back later than it is given.
     *
     * @param last the last advice; {@link Action#UNKNOWN} before the first
     */
    Decision decide(Situation now, Action last) {
        double p = now.probability();
        double waste = p * costs.dead() * now.spendADay();
        double keepCost = waste * costs.checkDays();
        double saving = waste * horizon / 2;
        double lostDays = horizon + costs.runOnDays();
        double stopCost = (1 - p) * (costs.stopFee() + costs.live() * now.spendADay() * lostDays);
        if (isThin(now)) {
            Ground ground = isCold(now) ? Ground.COLD : Ground.EVIDENCE;
            return new Decision(Action.UNKNOWN, ground, keepCost, saving, stopCost);
        }
        boolean stopped = last == Action.STOP || last == Action.REFRESH;
        double stopLevel = stopped ? steadiness.leave() : 1;
        boolean risky =
                rule == Rule.COSTS ? saving > stopLevel * stopCost : p >= stopLevel * stopAbove;
        if (risky) {
            Action stop = now.pastBoundary() ? Action.REFRESH : Action.STOP;
            return new Decision(stop, Ground.RISK, keepCost, saving, stopCost);
        }
        double watchLevel = stopped || last == Action.WATCH ? steadiness.leave() : 1;
        boolean watched = p >= watchLevel * watchAbove;
        return watched
                ? new Decision(Action.WATCH, Ground.WATCHED, keepCost, saving, stopCost)
                : new Decision(Action.KEEP, Ground.CALM, keepCost, saving, stopCost);
    }

    /** Which of increasing numbers of days stands for the horizon. */
    public double among(List<Double> days) {
        return days.stream()
                .filter(d -> d >= horizon)
                .findFirst()
                .orElse(days.get(days.size() - 1));
    }
}
