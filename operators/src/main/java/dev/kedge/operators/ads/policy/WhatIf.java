// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.CauseShare;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.operators.ads.policy.Reckoning.Life;
import dev.kedge.operators.ads.policy.Reckoning.Sum;
import dev.kedge.state.ads.AdviceNote;
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
 * nothing. Memory: some 400 bytes for each spell.
 */
public final class WhatIf {
    private static final long WEEK = 7 * 86_400_000L;
    private static final Comparator<Spell> BY_NAME =
            Comparator.comparing((Spell s) -> s.model)
                    .thenComparing(s -> s.creative)
                    .thenComparingInt(s -> s.number);

    private final Policy policy;
    private final Map<Key, Spell> spells = new HashMap<>();
    private final Map<String, Counsel> counsels = new TreeMap<>();
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
        private final AdviceNote note = new AdviceNote();
        private long changedAt = Long.MIN_VALUE;
        private long changes;
        private boolean unsteady;
        private boolean ended;
        private boolean lost;
        private long endedAt;

        private Spell(Key key) {
            model = key.model();
            creative = key.creative();
            number = key.spell();
        }

        /** The first advice after none, or after unknown, is no change. */
        private void change(long at) {
            unsteady |= changes > 0 && at - changedAt < WEEK;
            changes++;
            changedAt = at;
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
     * @param steadiness how often advice changed
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
            @Flat Steadiness steadiness,
            @Flat Currencies currencies) {}

    /**
     * How often advice changed.
     *
     * @param changes how often the advice of a creative changed
     * @param unsteady spells whose advice changed more than once within a week
     */
    public record Steadiness(long changes, long unsteady) {}

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

    /**
     * From which probability on stopping would have been worth most, by a policy's costs and
     * horizon.
     *
     * @param bestThreshold for spells without a currency; not a number while none has proved to be
     *     worth anything
     * @param bestWorth what that would have been worth
     * @param bestThresholdIn for spells of a currency, where one has proved to be worth anything
     * @param bestWorthIn what that would have been worth, in the currency
     */
    public record Best(
            double bestThreshold,
            double bestWorth,
            @OmittedIfEmpty SortedMap<String, Double> bestThresholdIn,
            @OmittedIfEmpty SortedMap<String, Double> bestWorthIn) {}

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
        } else {
            decide(spell, score);
        }
    }

    private void decide(Spell spell, CreativeScore score) {
        String before = spell.note.last();
        counsels.computeIfAbsent(score.model(), model -> new Counsel(policy))
                .advise(spell.note, score.at(), situation(policy, score), score.totals().spend());
        boolean first = before.isEmpty() || before.equals(Action.UNKNOWN.name());
        if (!first && !before.equals(spell.note.last())) {
            spell.change(score.at());
        }
    }

    /** What a score says of a creative, for a policy. */
    public static Situation situation(Policy policy, CreativeScore score) {
        double probability = probability(policy, score);
        boolean old = score.forecast().cutOut() == 0;
        long shown = score.totals().impressions();
        long outcomes = score.version().outcomes();
        return new Situation(probability, old, shown, score.advice().spendADay(), outcomes);
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
        SortedMap<String, Money> money = money();
        Money none = money.remove("");
        long ended = 0;
        long missed = 0;
        long changes = 0;
        long unsteady = 0;
        for (Spell spell : ordered()) {
            boolean stopped = spell.ended && !spell.lost;
            ended += stopped ? 1 : 0;
            missed += stopped && !spell.note.stops() ? 1 : 0;
            changes += spell.changes;
            unsteady += spell.unsteady ? 1 : 0;
        }
        Sum counts = none.tally.stops();
        for (Money own : money.values()) {
            counts = counts.plusCounts(own.tally.stops());
        }
        return new Report(
                spells.size(),
                ended,
                none.spend,
                counts.stops(),
                counts.right(),
                counts.wrong(),
                counts.open(),
                missed,
                counts.saved(),
                counts.lost(),
                counts.meanLeadDays(),
                none.tally.worth(),
                new Steadiness(changes, unsteady),
                new Currencies(
                        in(money, own -> own.spend),
                        in(money, own -> own.tally.stops().saved()),
                        in(money, own -> own.tally.stops().lost()),
                        in(money, own -> own.tally.worth())));
    }

    /** From which probability on stopping would have been worth most, each currency by itself. */
    public Best best() {
        SortedMap<String, Money> money = money();
        AdviceTally none = money.remove("").tally;
        money.values().removeIf(own -> own.tally.bestThreshold().isEmpty());
        return new Best(
                none.bestThreshold().orElse(Double.NaN),
                none.bestWorth(),
                in(money, own -> own.tally.bestThreshold().orElseThrow()),
                in(money, own -> own.tally.bestWorth()));
    }

    /** Money of one currency. */
    private static final class Money {
        private final AdviceTally tally;
        private double spend;

        private Money(Policy policy) {
            tally = new AdviceTally(policy);
        }

        private void add(Spell spell, long newest) {
            spend += spell.spend;
            long until = spell.ended ? spell.endedAt : newest;
            tally.add(spell.note, new Life(until, spell.ended, spell.lost, spell.spend));
        }
    }

    /** By currency; that of spells without one, which may be none, under the empty string. */
    private SortedMap<String, Money> money() {
        SortedMap<String, Money> money = new TreeMap<>();
        money.put("", new Money(policy));
        for (Spell spell : ordered()) {
            money.computeIfAbsent(spell.currency, currency -> new Money(policy)).add(spell, newest);
        }
        return money;
    }

    private static SortedMap<String, Double> in(
            SortedMap<String, Money> money, ToDoubleFunction<Money> figure) {
        SortedMap<String, Double> sums = new TreeMap<>();
        money.forEach((currency, own) -> sums.put(currency, figure.applyAsDouble(own)));
        return Collections.unmodifiableSortedMap(sums);
    }

    /** In one order, so that sums are the same whatever the order of the map. */
    private List<Spell> ordered() {
        return spells.values().stream().sorted(BY_NAME).toList();
    }
}
