// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.CauseShare;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.CreativeScore.Traffic;
import dev.kedge.operators.ads.policy.Policy.Costs;
import dev.kedge.operators.ads.policy.Policy.Rule;
import dev.kedge.state.ads.CreativeDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WhatIfTest {
    private static final long DAY = 86_400_000L;
    private static final Costs COSTS = new Costs(1, 0.5, 2, Duration.ofDays(1), Duration.ZERO, 0);
    private static final Policy POLICY =
            new Policy(
                    Rule.THRESHOLDS,
                    3,
                    0.5,
                    0.25,
                    100,
                    0,
                    List.of("budget"),
                    COSTS,
                    Policy.Steadiness.NONE);

    private final WhatIf whatIf = new WhatIf(POLICY);
    private String currency = "";

    private CreativeScore score(
            String creative,
            double day,
            Cause cause,
            Action action,
            double probability,
            double spend,
            List<CauseShare> causes) {
        return new CreativeScore(
                new CreativeScore.Subject("m", creative, 0),
                new CreativeDescription("acme", "text", currency),
                Math.round(day * DAY),
                0,
                cause,
                new CreativeScore.Outlook(
                        0,
                        new double[0],
                        new double[0],
                        new double[0],
                        new double[0],
                        new double[0]),
                new CreativeScore.Forecast(
                        List.of(new Horizon(1, 0, 0), new Horizon(3, probability, probability)),
                        causes,
                        0.1,
                        0,
                        1,
                        -1),
                new CreativeScore.Advice(action, "", 10, 0, List.of()),
                new Traffic(1000, 1, 0, spend),
                Traffic.NONE,
                new CreativeScore.Version(1, 0, 2000),
                Optional.empty());
    }

    private void says(String creative, double day, double probability, double spend) {
        whatIf.see(
                score(creative, day, Cause.STATISTICS, Action.KEEP, probability, spend, List.of()));
    }

    private void ends(String creative, double day, Action action, double spend) {
        whatIf.see(score(creative, day, Cause.DISCONTINUATION, action, 0.9, spend, List.of()));
    }

    @Test
    void whatADeadCreativeSpentAfterTheStopIsSaved() {
        says("a", 1, 0.2, 10);
        says("a", 2, 0.6, 30);
        says("a", 3, 0.9, 60);
        ends("a", 4, Action.STOPPED, 100);

        WhatIf.Report report = whatIf.report();
        assertThat(report.stops()).isEqualTo(1);
        assertThat(report.dead()).isEqualTo(1);
        assertThat(report.spendSaved()).isCloseTo(70, within(1e-9));
        assertThat(report.meanLeadDays()).isCloseTo(2, within(1e-9));
        assertThat(report.net()).isCloseTo(70, within(1e-9));
        assertThat(report.spend()).isCloseTo(100, within(1e-9));
        assertThat(report.currencies().spendIn()).isEmpty();
    }

    @Test
    void moneyOfSeveralCurrenciesIsNeverAddedUp() {
        says("a", 1, 0.6, 10);
        ends("a", 2, Action.STOPPED, 30);
        currency = "EUR";
        says("b", 1, 0.6, 100);
        ends("b", 2, Action.STOPPED, 400);
        says("c", 1, 0.6, 5);
        ends("c", 3, Action.STOPPED, 7);
        currency = "JPY";
        says("d", 1, 0.6, 1000);
        says("d", 6, 0.1, 5000);

        WhatIf.Report report = whatIf.report();
        assertThat(report.spells()).isEqualTo(4);
        assertThat(report.dead()).isEqualTo(3);
        assertThat(report.live()).isEqualTo(1);
        assertThat(report.spend()).isEqualTo(30);
        assertThat(report.spendSaved()).isEqualTo(20);
        assertThat(report.spendLost()).isZero();
        assertThat(report.net()).isEqualTo(20);
        assertThat(report.currencies())
                .isEqualTo(
                        new WhatIf.Currencies(
                                new TreeMap<>(Map.of("EUR", 407.0, "JPY", 5000.0)),
                                new TreeMap<>(Map.of("EUR", 302.0, "JPY", 0.0)),
                                new TreeMap<>(Map.of("EUR", 0.0, "JPY", 4000.0)),
                                new TreeMap<>(Map.of("EUR", 302.0, "JPY", -0.5 * 4000 - 2))));
    }

    @Test
    void whatRanOnPastTheHorizonWasStoppedInErrorAndCostsItsSpendAndTheFee() {
        says("b", 1, 0.6, 10);
        says("b", 6, 0.1, 50);

        WhatIf.Report report = whatIf.report();
        assertThat(report.live()).isEqualTo(1);
        assertThat(report.spendLost()).isCloseTo(40, within(1e-9));
        assertThat(report.net()).isCloseTo(-0.5 * 40 - 2, within(1e-9));
    }

    @Test
    void whatWasStoppedWithinTheHorizonAndWhatIsNotKnownYetAreToldApart() {
        says("c", 1, 0.6, 10);
        says("d", 1, 0.6, 10);
        ends("d", 2, Action.LOST, 20);
        says("e", 1, 0.1, 10);
        ends("e", 2, Action.STOPPED, 20);

        WhatIf.Report report = whatIf.report();
        assertThat(report.open()).isEqualTo(2);
        assertThat(report.missed()).isEqualTo(1);
        assertThat(report.ended()).isEqualTo(1);
        assertThat(report.net()).isZero();
        assertThat(report.meanLeadDays()).isNaN();
    }

    @Test
    void aScoreThatIsDeliveredTwiceChangesNothing() {
        says("a", 1, 0.6, 10);
        ends("a", 2, Action.STOPPED, 30);
        WhatIf.Report once = whatIf.report();
        says("a", 1, 0.6, 10);
        ends("a", 2, Action.STOPPED, 30);

        assertThat(whatIf.report()).isEqualTo(once);
    }

    @Test
    void aCauseThatIsIgnoredIsNoReasonToStop() {
        List<CauseShare> mostlyBudget =
                List.of(new CauseShare("performance", 0.2), new CauseShare("budget", 0.6));
        whatIf.see(score("f", 1, Cause.STATISTICS, Action.KEEP, 0.8, 10, mostlyBudget));

        assertThat(whatIf.report().stops()).isZero();
    }

    @Test
    void theBudgetForStopsHoldsForThePastToo() {
        Costs tight = new Costs(1, 0.5, 2, Duration.ofDays(1), Duration.ZERO, 8);
        WhatIf careful =
                new WhatIf(
                        new Policy(
                                Rule.THRESHOLDS,
                                3,
                                0.5,
                                0.25,
                                100,
                                0,
                                List.of(),
                                tight,
                                Policy.Steadiness.NONE));
        for (String creative : List.of("a", "b", "c")) {
            careful.see(score(creative, 1.5, Cause.STATISTICS, Action.KEEP, 0.75, 10, List.of()));
        }

        assertThat(careful.report().stops()).as("4.25 each: one of a budget of 8").isEqualTo(1);
    }
}
