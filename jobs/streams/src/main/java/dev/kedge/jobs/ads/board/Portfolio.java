// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running creatives of one model, or of all, in sums.
 *
 * @param shares the sums by action, of every action that is not final
 * @param total the sums of all
 */
record Portfolio(Map<Action, Share> shares, Share total) {

    /**
     * The sums of some creatives.
     *
     * @param creatives how many they are
     * @param spent what they spent in their spells so far
     * @param spending what they spend in a day
     * @param atRisk that, each weighted with its probability of a stop within the board's horizon
     * @param probability their mean probability of a stop within the board's horizon; NaN for none
     * @param expectedWaste what they are expected to spend in vain until they are looked at again
     */
    record Share(
            int creatives,
            double spent,
            double spending,
            double atRisk,
            double probability,
            double expectedWaste) {}

    /** Adds up. */
    private static final class Sum {
        private int creatives;
        private double spent;
        private double spending;
        private double atRisk;
        private double probability;
        private double expectedWaste;

        void add(CreativeScore score, double chance) {
            creatives++;
            spent += finite(score.totals().spend());
            spending += finite(score.advice().spendADay());
            atRisk += finite(score.advice().spendADay() * chance);
            probability += finite(chance);
            expectedWaste += finite(score.advice().expectedWaste());
        }

        Share share() {
            return new Share(
                    creatives,
                    spent,
                    spending,
                    atRisk,
                    creatives == 0 ? Double.NaN : probability / creatives,
                    expectedWaste);
        }

        private static double finite(double value) {
            return Double.isFinite(value) ? value : 0;
        }
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
