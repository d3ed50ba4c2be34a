// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.CauseShare;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.OmittedIfEmpty;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a policy would have done to the past: it reads the scores that were given at the time, and
 * nothing that was known later, decides at each of them, and holds its first stop of each spell
 * against what the creative went on to spend and when its operators stopped it.
 *
 * <p>Scores must come in the order of event time for each creative; repeated and older ones change
 * nothing. Memory: some 200 bytes for each spell.
 */
public final class WhatIf {
    private static final double DAY = 86_400_000.0;
    private static final Comparator<Spell> BY_NAME =
            Comparator.comparing((Spell s) -> s.model)
                    .thenComparing(s -> s.creative)
                    .thenComparingInt(s -> s.number);

    private final Policy policy;
    private final Map<Key, Spell> spells = new HashMap<>();
    private final Map<String, StopBudget> budgets = new TreeMap<>();
    private long newest = Long.MIN_VALUE;

    private record Key(String model, String creative, int spell) {}

    private static final class Spell {
        private final String model;
        private final String creative;
        private final int number;
        private long seenAt = Long.MIN_VALUE;
        private int seenCause = -1;
        private String currency = "";
        private double spend;
        private boolean advised;
        private long advisedAt;
        private double spendWhenAdvised;
        private boolean ended;
        private boolean lost;
        private long endedAt;

        private Spell(Key key) {
            model = key.model();
            creative = key.creative();
            number = key.spell();
        }
    }

    /**
     * The past under the policy beside the past as it was. Its money is that of spells without a
     * currency; that of the others stands apart, for money of several currencies has no sum.
     *
     * @param spells lives of creatives that were scored
     * @param ended of these, stopped by their operators
     * @param spend all that they spent
     * @param stops spells that the policy would have stopped
     * @param dead of these, stopped by their operators within the horizon after that
     * @param live of these, still running when the horizon was over: stopped in error
     * @param open of these, not known yet, or lost from sight
     * @param missed spells that their operators stopped and the policy would not have
     * @param spendSaved what the dead ones spent after the policy's stop
     * @param spendLost what the live ones spent after the policy's stop
     * @param meanLeadDays by how many days the policy's stop of dead ones came before their
     *     operators'; not a number without any
     * @param net what the policy would have been worth in money: savings and losses by their costs
     * @param currencies the money of spells that have a currency
     */
    public record Report(
            long spells,
            long ended,
            double spend,
            long stops,
            long dead,
            long live,
            long open,
            long missed,
            double spendSaved,
            double spendLost,
            double meanLeadDays,
            double net,
            @Flat Currencies currencies) {}

    /**
     * The money of a {@link Report} by currency.
     *
     * @param spendIn all that these spells spent
     * @param spendSavedIn what the dead ones spent after the policy's stop
     * @param spendLostIn what the live ones spent after the policy's stop
     * @param netIn what the policy would have been worth; a stop's fee counts in the currency of
     *     its creative
     */
    public record Currencies(
            @OmittedIfEmpty SortedMap<String, Double> spendIn,
            @OmittedIfEmpty SortedMap<String, Double> spendSavedIn,
            @OmittedIfEmpty SortedMap<String, Double> spendLostIn,
            @OmittedIfEmpty SortedMap<String, Double> netIn) {}

    /** Starts with nothing seen. */
    public WhatIf(Policy policy) {
        this.policy = policy;
    }

    /** Takes the next score in. */
    public void see(CreativeScore score) {
        Spell spell =
                spells.computeIfAbsent(
                        new Key(score.model(), score.creative(), score.spell()), Spell::new);
        int cause = score.cause().order();
        boolean repeated =
                score.at() < spell.seenAt
                        || (score.at() == spell.seenAt && cause <= spell.seenCause);
        if (repeated || spell.ended) {
            return;
        }
        spell.seenAt = score.at();
        spell.seenCause = cause;
        spell.currency = score.description().currency();
        spell.spend = score.totals().spend();
        newest = Math.max(newest, score.at());
        if (score.action().isFinal()) {
            spell.ended = true;
            spell.lost = score.action() == Action.LOST;
            spell.endedAt = score.at();
        } else if (!spell.advised) {
            decide(spell, score);
        }
    }

    private void decide(Spell spell, CreativeScore score) {
        Decision decision = policy.decide(situation(policy, score));
        if (decision.stops()
                && budgets.computeIfAbsent(score.model(), model -> new StopBudget())
                        .charge(policy.costs(), score.at(), decision.stopCost())) {
            spell.advised = true;
            spell.advisedAt = score.at();
            spell.spendWhenAdvised = score.totals().spend();
        }
    }

    /** What a score says of a creative, for a policy. */
    public static Situation situation(Policy policy, CreativeScore score) {
        return new Situation(
                probability(policy, score),
                score.forecast().cutOut() == 0,
                score.totals().impressions(),
                score.advice().spendADay());
    }

    /** The probability of the policy's horizon, without the causes that it ignores. */
    private static double probability(Policy policy, CreativeScore score) {
        List<Double> days = score.forecast().horizons().stream().map(Horizon::days).toList();
        double wanted = policy.among(days);
        double whole =
                score.forecast().horizons().stream()
                        .filter(horizon -> horizon.days() == wanted)
                        .findFirst()
                        .orElseThrow()
                        .probability();
        return whole * heeded(policy, score.forecast().causes());
    }

    /**
     * What share of a probability is due to causes that a policy heeds; 1 where no causes are
     * known.
     */
    public static double heeded(Policy policy, List<CauseShare> causes) {
        double all = 0;
        double heeded = 0;
        for (CauseShare cause : causes) {
            all += cause.probability();
            heeded += policy.ignoring().contains(cause.cause()) ? 0 : cause.probability();
        }
        return all == 0 ? 1 : heeded / all;
    }

    /** What would have happened so far. */
    public Report report() {
        long horizon = Math.round(policy.horizon() * DAY);
        Tally tally = new Tally(policy.costs());
        spells.values().stream().sorted(BY_NAME).forEach(s -> tally.add(s, newest, horizon));
        return tally.report();
    }

    /** Sums of one currency. */
    private static final class Money {
        private double spend;
        private double saved;
        private double lost;
        private long live;

        private double net(Policy.Costs costs) {
            return costs.dead() * saved - costs.live() * lost - costs.stopFee() * live;
        }
    }

    private static final class Tally {
        private final Policy.Costs costs;
        private long spells;
        private long ended;
        private long stops;
        private long dead;
        private long live;
        private long open;
        private long missed;
        private double lead;
        private final Money none = new Money();
        private final SortedMap<String, Money> money = new TreeMap<>();

        private Tally(Policy.Costs costs) {
            this.costs = costs;
        }

        private void add(Spell spell, long newest, long horizon) {
            Money own =
                    spell.currency.isEmpty()
                            ? none
                            : money.computeIfAbsent(spell.currency, currency -> new Money());
            spells++;
            own.spend += spell.spend;
            boolean stopped = spell.ended && !spell.lost;
            ended += stopped ? 1 : 0;
            if (!spell.advised) {
                missed += stopped ? 1 : 0;
                return;
            }
            stops++;
            double after = spell.spend - spell.spendWhenAdvised;
            long ran = (spell.ended ? spell.endedAt : newest) - spell.advisedAt;
            if (ran > horizon) {
                live++;
                own.live++;
                own.lost += after;
            } else if (stopped) {
                dead++;
                own.saved += after;
                lead += ran / DAY;
            } else {
                open++;
            }
        }

        private Report report() {
            return new Report(
                    spells,
                    ended,
                    none.spend,
                    stops,
                    dead,
                    live,
                    open,
                    missed,
                    none.saved,
                    none.lost,
                    dead == 0 ? Double.NaN : lead / dead,
                    none.net(costs),
                    new Currencies(
                            in(sum -> sum.spend),
                            in(sum -> sum.saved),
                            in(sum -> sum.lost),
                            in(sum -> sum.net(costs))));
        }

        private SortedMap<String, Double> in(ToDoubleFunction<Money> figure) {
            SortedMap<String, Double> sums = new TreeMap<>();
            money.forEach((currency, sum) -> sums.put(currency, figure.applyAsDouble(sum)));
            return Collections.unmodifiableSortedMap(sums);
        }
    }
}
