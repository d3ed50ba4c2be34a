// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    private static final List<CreativeScore> SCORES =
            List.of(
                    Samples.score("a", 1, -5, Action.STOP),
                    Samples.score("b", 1, -5, Action.STOP),
                    Samples.score("c", 1, -5, Action.STOPPED),
                    new Samples("video", "d", "Shoes", 1, -1, Action.KEEP).score());

    @Test
    void addsUpRunningCreativesByAdvice() {
        Portfolio portfolio = Portfolio.of(SCORES, Optional.empty(), 7);

        Portfolio.Share stop = portfolio.shares().get(Action.STOP);
        assertThat(stop.creatives()).isEqualTo(2);
        assertThat(stop.spent()).isEqualTo(25.0);
        assertThat(stop.spending()).isEqualTo(3.0);
        assertThat(stop.atRisk()).isCloseTo(0.9, within(1e-12));
        assertThat(stop.probability()).isCloseTo(0.3, within(1e-12));
        assertThat(stop.expectedWaste()).isCloseTo(0.9, within(1e-12));
        assertThat(portfolio.total().creatives()).isEqualTo(3);
        assertThat(portfolio.shares()).doesNotContainKeys(Action.STOPPED, Action.LOST);
    }

    @Test
    void moneyOfSeveralCurrenciesIsNeverAddedUp() {
        List<CreativeScore> scores =
                List.of(
                        Samples.score("a", 1, -5, Action.STOP),
                        Samples.priced("b", "USD", Action.STOP),
                        Samples.priced("c", "EUR", Action.STOP),
                        Samples.priced("d", "EUR", Action.KEEP),
                        Samples.priced("e", "JPY", Action.STOPPED));

        Portfolio portfolio = Portfolio.of(scores, Optional.empty(), 7);

        assertThat(portfolio.total().creatives()).isEqualTo(4);
        assertThat(portfolio.total().probability()).isCloseTo(0.3, within(1e-12));
        assertThat(portfolio.total().spent()).isEqualTo(12.5);
        assertThat(portfolio.total().currencies())
                .isEqualTo(
                        new Portfolio.Currencies(
                                sums("EUR", 25.0, "USD", 12.5),
                                sums("EUR", 3.0, "USD", 1.5),
                                sums("EUR", 2 * (1.5 * 0.3), "USD", 1.5 * 0.3),
                                sums("EUR", 0.9, "USD", 0.45)));
        assertThat(portfolio.shares().get(Action.STOP).currencies().spentIn())
                .isEqualTo(sums("EUR", 12.5, "USD", 12.5));
        assertThat(portfolio.shares().get(Action.KEEP).spent()).isZero();
        assertThat(portfolio.shares().get(Action.WATCH).currencies().spentIn()).isEmpty();
    }

    @Test
    void moneyInCurrenciesStandsBesideTheOtherAndWithoutAnyNothingDoes() {
        Portfolio without = Portfolio.of(SCORES, Optional.empty(), 7);
        Portfolio with =
                Portfolio.of(List.of(Samples.priced("b", "EUR", Action.STOP)), Optional.empty(), 7);

        assertThat(DashboardJson.portfolio(without, 7).get("total").fieldNames())
                .toIterable()
                .containsExactly(
                        "creatives", "spent", "spending", "atRisk", "probability", "expectedWaste");
        assertThat(DashboardJson.portfolio(with, 7).get("total"))
                .hasToString(
                        "{\"creatives\":1,\"spent\":0.0,\"spending\":0.0,\"atRisk\":0.0,"
                                + "\"probability\":0.3,\"expectedWaste\":0.0,"
                                + "\"spentIn\":{\"EUR\":12.5},\"spendingIn\":{\"EUR\":1.5},"
                                + "\"atRiskIn\":{\"EUR\":0.44999999999999996},\"expectedWasteIn\":{\"EUR\":0.45}}");
    }

    private static SortedMap<String, Double> sums(
            String one, double sum, String other, double otherSum) {
        return new TreeMap<>(Map.of(one, sum, other, otherSum));
    }

    @Test
    void addsUpOneModelAlone() {
        Portfolio portfolio = Portfolio.of(SCORES, Optional.of("video"), 1);

        assertThat(portfolio.total().creatives()).isEqualTo(1);
        assertThat(portfolio.total().atRisk()).isCloseTo(0.3, within(1e-12));
        assertThat(portfolio.shares().get(Action.STOP).probability()).isNaN();
    }
}
