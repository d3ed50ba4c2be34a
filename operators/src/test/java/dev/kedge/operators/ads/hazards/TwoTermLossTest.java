// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoTermLossTest {
    private static final int ROWS = 5;
    private static final int INTERVALS = 6;

    private final SplittableRandom random = new SplittableRandom(43);
    private final PersonPeriods periods =
            PersonPeriods.of(
                    new int[] {5, 3, 1, 6, 2},
                    new boolean[] {true, false, true, false, true},
                    new int[] {0, 2, 0, 4, 0},
                    INTERVALS);
    private final double[] weights = {1, 0.5, 2, 0.8, 1.1};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6})
    void theGradientsAreThoseOfTheLoss(int boundary) {
        TwoTermLoss loss = new TwoTermLoss(boundary, 0.7, 1.3);
        double[] early = Gradients.numbers(random, ROWS * boundary);
        double[] late = Gradients.numbers(random, ROWS * (INTERVALS - boundary));
        double[] earlySlope = new double[early.length];
        double[] lateSlope = new double[late.length];
        loss.evaluate(early, late, periods, weights, earlySlope, lateSlope);
        double[] a = new double[early.length];
        double[] b = new double[late.length];
        Gradients.assertGradient(
                earlySlope, x -> loss.evaluate(x, late, periods, weights, a, b).total(), early);
        Gradients.assertGradient(
                lateSlope, x -> loss.evaluate(early, x, periods, weights, a, b).total(), late);
    }

    @Test
    void withEvenLambdasBothTermsMakeUpTheLossOfOneHead() {
        double[] all = Gradients.numbers(random, ROWS * INTERVALS);
        double[] early = new double[ROWS * 2];
        double[] late = new double[ROWS * 4];
        for (int i = 0; i < ROWS; i++) {
            System.arraycopy(all, i * INTERVALS, early, i * 2, 2);
            System.arraycopy(all, i * INTERVALS + 2, late, i * 4, 4);
        }
        double single =
                HazardLoss.evaluate(
                        all,
                        periods.labels(),
                        periods.atRisk(),
                        weights,
                        ROWS,
                        INTERVALS,
                        new double[all.length]);
        TwoTermLoss.Value both =
                new TwoTermLoss(2, 1, 1)
                        .evaluate(
                                early,
                                late,
                                periods,
                                weights,
                                new double[early.length],
                                new double[late.length]);
        assertThat(both.total()).isCloseTo(single, within(1e-12));
        assertThat(both.shortTerm() + both.longTerm()).isCloseTo(single, within(1e-12));
    }

    @Test
    void aBoundaryOffTheAxisIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TwoTermLoss(-1, 1, 1));
        double[] none = {};
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new TwoTermLoss(7, 1, 1)
                                        .evaluate(none, none, periods, weights, none, none));
    }
}
