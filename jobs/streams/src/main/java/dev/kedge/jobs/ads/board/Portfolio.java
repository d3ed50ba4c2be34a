// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.state.record.Flat;
import dev.kedge.state.record.OmittedIfEmpty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The running creatives of one model, or of all, in sums.
 *
 * @param shares the sums by action, of every action that is not final
 * @param total the sums of all
 */
record Portfolio(Map<Action, Share> shares, Share total) {

    /**
     * The sums of some creatives. Their money is that of creatives without a currency; that of the
     * others stands apart, for money of several currencies has no sum.
     *
     * @param creatives how many they are
     * @param spent what they spent in their spells so far
     * @param spending what they spend in a day
     * @param atRisk that, each weighted with its probability of a stop within the board's horizon
     * @param probability their mean probability of a stop within the board's horizon; NaN for none
     * @param expectedWaste what they are expected to spend in vain until they are looked at again
     * @param currencies the money of creatives that have a currency
     */
    record Share(
            int creatives,
            double spent,
            double spending,
            double atRisk,
            double probability,
            double expectedWaste,
            @Flat Currencies currencies) {}

    /**
     * The money of a {@link Share} by currency.
     *
     * @param spentIn what these creatives spent in their spells so far
     * @param spendingIn what they spend in a day
     * @param atRiskIn that, each weighted with its probability of a stop
     * @param expectedWasteIn what they are expected to spend in vain
     */
    record Currencies(
            @OmittedIfEmpty SortedMap<String, Double> spentIn,
            @OmittedIfEmpty SortedMap<String, Double> spendingIn,
            @OmittedIfEmpty SortedMap<String, Double> atRiskIn,
            @OmittedIfEmpty SortedMap<String, Double> expectedWasteIn) {}

    /** Adds up money of one currency. */
    private static final class Money {
        private double spent;
        private double spending;
        private double atRisk;
        private double expectedWaste;

        void add(CreativeScore score, double chance) {
            spent += finite(score.totals().spend());
            spending += finite(score.advice().spendADay());
            atRisk += finite(score.advice().spendADay() * chance);
            expectedWaste += finite(score.advice().expectedWaste());
        }
    }

    /** Adds up. */
    private static final class Sum {
        private int creatives;
        private double probability;
        private final Money none = new Money();
        private final SortedMap<String, Money> money = new TreeMap<>();

        void add(CreativeScore score, double chance) {
            creatives++;
            probability += finite(chance);
            String currency = score.description().currency();
            Money own =
                    currency.isEmpty()
                            ? none
                            : money.computeIfAbsent(currency, code -> new Money());
            own.add(score, chance);
        }

        Share share() {
            return new Share(
                    creatives,
                    none.spent,
                    none.spending,
                    none.atRisk,
                    creatives == 0 ? Double.NaN : probability / creatives,
                    none.expectedWaste,
                    new Currencies(
                            in(sum -> sum.spent),
                            in(sum -> sum.spending),
                            in(sum -> sum.atRisk),
                            in(sum -> sum.expectedWaste)));
        }

        private SortedMap<String, Double> in(ToDoubleFunction<Money> figure) {
            SortedMap<String, Double> sums = new TreeMap<>();
            money.forEach((currency, sum) -> sums.put(currency, figure.applyAsDouble(sum)));
            return Collections.unmodifiableSortedMap(sums);
        }
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    static Portfolio of(List<CreativeScore> scores, Optional<String> model, double horizon) {
        Map<Action, Sum> sums = new EnumMap<>(Action.class);
        for (Action action : Action.values()) {
            if (!action.isFinal()) {
                sums.put(action, new Sum());
            }
        }
        Sum total = new Sum();
        for (CreativeScore score : scores) {
            boolean counts =
                    !score.action().isFinal() && model.map(score.model()::equals).orElse(true);
            if (counts) {
                double chance = Chances.within(score, horizon);
                sums.get(score.action()).add(score, chance);
                total.add(score, chance);
            }
        }
        Map<Action, Share> shares = new EnumMap<>(Action.class);
        sums.forEach((action, sum) -> shares.put(action, sum.share()));
        return new Portfolio(shares, total.share());
    }
}
