// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CauseSpecificLossTest {
    private static final int ROWS = 4;
    private static final int INTERVALS = 3;

    private final SplittableRandom random = new SplittableRandom(3);

    private double[] logits(int causes) {
        return random.doubles((long) ROWS * INTERVALS * causes, -4, 4).toArray();
    }

    /** Row i runs through i intervals and ends in the next for a cause, the first at no cause. */
    private static void outcomes(int causes, double[] labels, double[] atRisk) {
        for (int i = 0; i < ROWS; i++) {
            for (int k = 0; k <= Math.min(i, INTERVALS - 1); k++) {
                int at = (i * INTERVALS + k) * causes;
                Arrays.fill(atRisk, at, at + causes, 1);
                if (i > 0 && k == Math.min(i, INTERVALS - 1)) {
                    labels[at + i % causes] = 1;
                }
            }
        }
    }

    @Test
    void withOneCauseItIsTheHazardLoss() {
        double[] logits = logits(1);
        double[] labels = new double[logits.length];
        double[] atRisk = new double[logits.length];
        outcomes(1, labels, atRisk);
        double[] weights = {1, 0.5, 2, 0};
        double[] plain = new double[logits.length];
        double[] competing = new double[logits.length];

        double expected =
                HazardLoss.evaluate(logits, labels, atRisk, weights, ROWS, INTERVALS, plain);
        double loss =
                CauseSpecificLoss.evaluate(
                        logits, labels, atRisk, weights, ROWS, INTERVALS, 1, competing);

        assertThat(loss).isCloseTo(expected, within(1e-12));
        assertThat(competing).containsExactly(plain, within(1e-12));
    }

    @Test
    void byHandOneIntervalOfTwoCausesIsTheLogOfItsShare() {
        double[] logits = {Math.log(2), Math.log(5)};
        double[] gradient = new double[2];

        double loss =
                CauseSpecificLoss.evaluate(
                        logits,
                        new double[] {0, 1},
                        new double[] {1, 1},
                        new double[] {3},
                        1,
                        1,
                        2,
                        gradient);

        assertThat(loss).isCloseTo(-Math.log(5 / 8.0), within(1e-12));
        assertThat(gradient).containsExactly(new double[] {0.25, -0.375}, within(1e-12));
    }

    @Test
    void theGradientAgreesWithCentralDifferences() {
        int causes = 3;
        double[] logits = logits(causes);
        double[] labels = new double[logits.length];
        double[] atRisk = new double[logits.length];
        outcomes(causes, labels, atRisk);
        double[] weights = {1, 0.5, 2, 0.25};
        double[] gradient = new double[logits.length];
        double[] scratch = new double[logits.length];
        CauseSpecificLoss.evaluate(
                logits, labels, atRisk, weights, ROWS, INTERVALS, causes, gradient);

        for (int i = 0; i < logits.length; i++) {
            double kept = logits[i];
            logits[i] = kept + 1e-6;
            double up =
                    CauseSpecificLoss.evaluate(
                            logits, labels, atRisk, weights, ROWS, INTERVALS, causes, scratch);
            logits[i] = kept - 1e-6;
            double down =
                    CauseSpecificLoss.evaluate(
                            logits, labels, atRisk, weights, ROWS, INTERVALS, causes, scratch);
            logits[i] = kept;
            assertThat(gradient[i]).isCloseTo((up - down) / 2e-6, within(1e-8));
        }
    }

    @Test
    void hugeLogitsGiveFiniteHazardsThatSumToAtMostOne() {
        double[] hazards = new double[3];
        double logSum = CauseSpecificLoss.hazards(new double[] {900, -900, 890}, 0, 3, hazards, 0);

        assertThat(logSum).isCloseTo(900, within(1e-3));
        assertThat(Arrays.stream(hazards).sum()).isCloseTo(1, within(1e-12));
        assertThat(hazards[1]).isZero();
    }

    @Test
    void withoutRowsOrWeightsThereIsNoLoss() {
        double[] nothing = new double[0];
        assertThat(
                        CauseSpecificLoss.evaluate(
                                nothing, nothing, nothing, nothing, 0, INTERVALS, 2, nothing))
                .isZero();
    }
}
