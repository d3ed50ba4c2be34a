// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class HorizonMetricsTest {
    private static final double[] HORIZONS = {2, 4, 6};

    private static double[][] predictions(int size, double value) {
        double[][] survival = new double[size][HORIZONS.length];
        for (double[] row : survival) {
            Arrays.fill(row, value);
        }
        return survival;
    }

    @RepeatedTest(10)
    void withDistinctTimesTheBrierScoreIsBetweenZeroAndOne(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Outcomes outcomes = RandomOutcomes.distinct(random, 100, 0.4);
        double[][] survival = predictions(100, 0);
        for (double[] row : survival) {
            Arrays.setAll(row, column -> random.nextDouble());
        }
        BrierScore score = BrierScore.of(outcomes, outcomes, survival, HORIZONS);
        assertThat(Arrays.stream(score.scores())).allMatch(value -> value >= 0 && value <= 1);
        assertThat(score.integrated()).isBetween(0.0, 1.0);
    }

    @Test
    void withDistinctTimesTheWeightsOfTheBrierScoreAverageOne() {
        Outcomes outcomes = RandomOutcomes.distinct(new SplittableRandom(61), 100, 0.4);
        BrierScore half = BrierScore.of(outcomes, outcomes, predictions(100, 0.5), HORIZONS);
        assertThat(half.scores()).containsExactly(new double[] {0.25, 0.25, 0.25}, within(1e-12));
        assertThat(half.integrated()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void foresightHasABrierScoreOfZeroAndAnAreaOfOne() {
        Outcomes outcomes = RandomOutcomes.distinct(new SplittableRandom(67), 40, 0.2);
        double[][] survival = predictions(40, 0);
        double[] risks = new double[40];
        for (int i = 0; i < 40; i++) {
            int row = i;
            risks[i] = -outcomes.times()[i];
            Arrays.setAll(survival[i], h -> outcomes.times()[row] > HORIZONS[h] ? 1 : 0);
        }
        CumulativeDynamicAuc auc = CumulativeDynamicAuc.of(outcomes, outcomes, risks, HORIZONS, 0);
        assertThat(BrierScore.of(outcomes, outcomes, survival, HORIZONS).scores()).containsOnly(0);
        assertThat(auc.areas()).containsExactly(new double[] {1, 1, 1}, within(1e-12));
        assertThat(auc.mean()).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalRisksHaveAnAreaOfOneHalf() {
        Outcomes outcomes = RandomOutcomes.tied(new SplittableRandom(71), 40, 0.2);
        CumulativeDynamicAuc auc =
                CumulativeDynamicAuc.of(outcomes, outcomes, new double[40], HORIZONS, 1e-8);
        assertThat(auc.areas()).containsExactly(new double[] {0.5, 0.5, 0.5}, within(1e-12));
    }

    @Test
    void reversedRisksHaveTheComplementOfTheArea() {
        SplittableRandom random = new SplittableRandom(73);
        Outcomes outcomes = RandomOutcomes.tied(random, 60, 0.3);
        double[] risks = random.doubles(60).toArray();
        double[] reversed = Arrays.stream(risks).map(risk -> -risk).toArray();
        double[] one = {4};
        double there = CumulativeDynamicAuc.of(outcomes, outcomes, risks, one, 1e-8).mean();
        double back = CumulativeDynamicAuc.of(outcomes, outcomes, reversed, one, 1e-8).mean();
        assertThat(back).isCloseTo(1 - there, within(1e-12));
    }

    @Test
    void horizonsOutsideTheFollowUpAreRefused() {
        Outcomes outcomes = RandomOutcomes.tied(new SplittableRandom(79), 20, 0.3);
        double[] risks = new double[20];
        for (double[] horizons : new double[][] {{-1}, {10}, {4, 2}, {3, 3}, {Double.NaN}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> CumulativeDynamicAuc.of(outcomes, outcomes, risks, horizons, 0))
                    .withMessageContaining("follow-up time");
        }
    }

    @Test
    void aCensoringDistributionOfZeroIsRefused() {
        Outcomes training = new Outcomes(new double[] {1, 3}, new boolean[2]);
        Outcomes outcomes = new Outcomes(new double[] {1, 4, 5}, new boolean[] {true, true, true});
        double[] horizon = {3};
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                CumulativeDynamicAuc.of(
                                        training, outcomes, new double[3], horizon, 0))
                .withMessageContaining("zero at time 4.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrierScore.of(training, outcomes, new double[3][1], horizon))
                .withMessageContaining("zero at time 3.0");
    }
}
