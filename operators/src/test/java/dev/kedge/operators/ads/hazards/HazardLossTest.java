// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HazardLossTest {
    private static final int ROWS = 7;
    private static final int INTERVALS = 5;

    private final SplittableRandom random = new SplittableRandom(41);
    private final PersonPeriods periods =
            PersonPeriods.of(
                    new int[] {4, 3, 0, 5, 2, 0, 1},
                    new boolean[] {true, false, true, false, true, false, true},
                    new int[] {0, 1, 0, 2, 2, 0, 0},
                    INTERVALS);
    private final double[] weights = {1, 0.3, 2, 1.5, 0, 1, 0.7};
    private final double[] logits = Gradients.numbers(random, ROWS * INTERVALS);
    private final double[] gradient = new double[ROWS * INTERVALS];

    private double loss(double[] at, double[] byWeights, double[] into) {
        return HazardLoss.evaluate(
                at, periods.labels(), periods.atRisk(), byWeights, ROWS, INTERVALS, into);
    }

    @Test
    void theGradientIsThatOfTheLoss() {
        loss(logits, weights, gradient);
        double[] other = new double[gradient.length];
        Gradients.assertGradient(gradient, at -> loss(at, weights, other), logits);
    }

    @Test
    void theLossIsTheNegativeLogLikelihoodOfPersonPeriods() {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double hazard = 1 / (1 + Math.exp(-logits[i]));
            double likelihood = periods.labels()[i] == 1 ? hazard : 1 - hazard;
            sum -= weights[i / INTERVALS] * periods.atRisk()[i] * Math.log(likelihood);
        }
        assertThat(loss(logits, weights, gradient))
                .isCloseTo(sum / Arrays.stream(weights).sum(), within(1e-12));
    }

    @Test
    void theScaleOfTheWeightsDoesNotMatter() {
        double[] thrice = Arrays.stream(weights).map(weight -> 3 * weight).toArray();
        assertThat(loss(logits, thrice, gradient))
                .isCloseTo(loss(logits, weights, gradient), within(1e-12));
    }

    @Test
    void hugeLogitsGiveAFiniteLoss() {
        Arrays.fill(logits, 0, 10, 1000);
        Arrays.fill(logits, 10, logits.length, -1000);
        assertThat(loss(logits, weights, gradient)).isFinite().isGreaterThan(100);
        assertThat(Arrays.stream(gradient)).allMatch(slope -> Math.abs(slope) <= 1);
    }

    @Test
    void logitsOfNobodyAtRiskAreNotLookedAt() {
        double before = loss(logits, weights, gradient);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = periods.atRisk()[i] == 0 ? Double.NaN : logits[i];
        }
        assertThat(loss(logits, weights, gradient)).isEqualTo(before);
        assertThat(gradient).doesNotContain(Double.NaN);
    }

    @Test
    void withoutWeightsLossAndGradientAreZero() {
        Arrays.fill(gradient, 9);
        assertThat(loss(logits, new double[ROWS], gradient)).isZero();
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void withoutRowsTheLossIsZero() {
        double[] none = {};
        assertThat(HazardLoss.evaluate(none, none, none, none, 0, INTERVALS, none)).isZero();
    }
}
