// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.policy.Policy.Costs;
import dev.kedge.operators.ads.policy.Policy.Decision;
import dev.kedge.operators.ads.policy.Policy.Ground;
import dev.kedge.operators.ads.policy.Policy.Rule;
import dev.kedge.operators.ads.policy.Policy.Situation;
import dev.kedge.state.settings.Schema;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Costs COSTS =
            new Costs(1, 0.2, 4, Duration.ofHours(12), Duration.ofDays(7), 0);

    private static Policy policy(Rule rule) {
        return new Policy(rule, 3, 0.5, 0.25, 1000, 0, List.of(), COSTS, Policy.Steadiness.NONE);
    }

    private static Decision decide(Rule rule, double probability, long impressions) {
        return policy(rule).decide(new Situation(probability, false, impressions, 100, -1));
    }

    @Test
    void thresholdsKeepWatchAndStop() {
        assertThat(decide(Rule.THRESHOLDS, 0.24, 5000).action()).isEqualTo(Action.KEEP);
        assertThat(decide(Rule.THRESHOLDS, 0.25, 5000).action()).isEqualTo(Action.WATCH);
        assertThat(decide(Rule.THRESHOLDS, 0.5, 5000).action()).isEqualTo(Action.STOP);
    }

    @Test
    void pastTheBoundaryACreativeIsToBeRefreshed() {
        Situation worn = new Situation(0.6, true, 5000, 100, -1);
        assertThat(policy(Rule.THRESHOLDS).decide(worn).action()).isEqualTo(Action.REFRESH);
    }

    @Test
    void withTooLittleEvidenceNothingIsSaid() {
        Decision decision = decide(Rule.THRESHOLDS, 0.9, 999);
        assertThat(decision.action()).isEqualTo(Action.UNKNOWN);
        assertThat(decision.ground()).isEqualTo(Ground.EVIDENCE);
        assertThat(decide(Rule.THRESHOLDS, 0.1, 999).action()).isEqualTo(Action.UNKNOWN);
    }

    @Test
    void aModelThatHasProvedTooLittleSaysNothing() {
        Policy policy = Schema.with(policy(Rule.COSTS), "minimum-outcomes", 50L);

        Decision cold = policy.decide(new Situation(0.9, false, 5000, 100, 49));
        assertThat(cold.action()).isEqualTo(Action.UNKNOWN);
        assertThat(cold.ground()).isEqualTo(Ground.COLD);
        assertThat(policy.decide(new Situation(0.9, false, 5000, 100, 50)).action())
                .isEqualTo(Action.STOP);
        assertThat(policy.decide(new Situation(0.9, false, 5000, 100, -1)).action())
                .as("nothing is ever judged")
                .isEqualTo(Action.STOP);
    }

    /** Saved: p 100 * 3 / 2. Lost: (1 - p) (4 + 0.2 * 100 * (3 + 7)). They meet at 204 / 354. */
    @Test
    void costsStopWhereMoreIsSavedThanLost() {
        Decision below = decide(Rule.COSTS, 0.57, 5000);
        Decision above = decide(Rule.COSTS, 0.58, 5000);

        assertThat(below.action()).isEqualTo(Action.WATCH);
        assertThat(below.saving()).isCloseTo(85.5, within(1e-9));
        assertThat(below.stopCost()).isCloseTo(87.72, within(1e-9));
        assertThat(above.action()).isEqualTo(Action.STOP);
    }

    @Test
    void untilTheNextCheckACreativeWastesWhatItSpendsUntilThen() {
        assertThat(decide(Rule.COSTS, 0.57, 5000).keepCost()).isCloseTo(28.5, within(1e-9));
    }

    @Test
    void theLongerCreativesOutliveTheHorizonTheSurerAStopMustBe() {
        Situation now = new Situation(0.5, false, 5000, 100, -1);
        Policy rule = policy(Rule.COSTS);

        assertThat(Schema.with(rule, "costs.run-on", Duration.ofDays(4)).decide(now).stops())
                .isTrue();
        assertThat(Schema.with(rule, "costs.run-on", Duration.ofDays(5)).decide(now).stops())
                .isFalse();
    }

    @Test
    void whatSpendsNothingIsNotStoppedForItsCosts() {
        Situation idle = new Situation(0.99, false, 5000, 0, -1);
        assertThat(policy(Rule.COSTS).decide(idle).stops()).isFalse();
    }

    @Test
    void theHorizonIsTheNextLongerOneOfTheJobs() {
        assertThat(policy(Rule.COSTS).among(List.of(1.0, 3.0, 7.0))).isEqualTo(3);
        assertThat(policy(Rule.COSTS).among(List.of(1.0, 4.0, 7.0))).isEqualTo(4);
        assertThat(policy(Rule.COSTS).among(List.of(1.0, 2.0))).isEqualTo(2);
    }

    @Test
    void theBudgetIsSpentAndComesBackWithTheNextPeriod() {
        Costs costs = new Costs(1, 1, 0, Duration.ofHours(12), Duration.ZERO, 10);
        long period = Duration.ofHours(12).toMillis();
        StopBudget budget = new StopBudget();

        assertThat(budget.charge(costs, 0, 6)).isTrue();
        assertThat(budget.charge(costs, period - 1, 5)).isFalse();
        assertThat(budget.charge(costs, period - 1, 4)).isTrue();
        assertThat(budget.charge(costs, period, 10)).isTrue();
        assertThat(budget.charge(costs, 0, 1)).as("an event of before").isFalse();
    }

    @Test
    void costsThatAreNoCostsAreRefusedByName() {
        assertThatThrownBy(
                        () ->
                                Schema.checked(
                                        new Costs(-1, 0, 0, Duration.ofDays(1), Duration.ZERO, 0)))
                .hasMessage("dead: -1.0 is not allowed; it must be at least 0");
        assertThatThrownBy(
                        () -> Schema.checked(new Costs(1, 0, 0, Duration.ZERO, Duration.ZERO, 0)))
                .hasMessageContaining("check-every: 0 ms is not allowed");
        assertThatThrownBy(
                        () ->
                                Schema.checked(
                                        new Policy(
                                                Rule.COSTS,
                                                0,
                                                0.5,
                                                0.2,
                                                0,
                                                0,
                                                List.of(),
                                                Costs.DEFAULT,
                                                Policy.Steadiness.NONE)))
                .hasMessageContaining("horizon: 0.0 is not allowed");
    }
}
