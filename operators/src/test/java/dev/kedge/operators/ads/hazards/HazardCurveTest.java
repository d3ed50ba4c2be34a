// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HazardCurveTest {
    private final double[] hazard = {0.5, 0.2, 0.25, 0.1};
    private final double[] buffer = new double[4];

    @Test
    void survivalIsTheRunningProduct() {
        HazardCurve.survival(hazard, buffer);
        assertThat(buffer).containsExactly(new double[] {0.5, 0.4, 0.3, 0.27}, within(1e-15));
    }

    @Test
    void survivalMayOverwriteItsHazards() {
        HazardCurve.survival(hazard, hazard);
        assertThat(hazard).containsExactly(new double[] {0.5, 0.4, 0.3, 0.27}, within(1e-15));
    }

    @Test
    void conditionalSurvivalForgetsTheIntervalsBefore() {
        HazardCurve.conditionalSurvival(hazard, 2, buffer);
        assertThat(buffer).containsExactly(new double[] {1, 1, 0.75, 0.675}, within(1e-15));
    }

    @Test
    void cutOutAndWearOutMakeUpAllDiscontinuation() {
        double cutOut = HazardCurve.cutOut(hazard, 2);
        double wearOut = HazardCurve.discontinued(hazard, 2, 4);
        assertThat(cutOut).isCloseTo(0.6, within(1e-15));
        assertThat(wearOut).isCloseTo(0.325, within(1e-15));
        assertThat(cutOut + (1 - cutOut) * wearOut).isCloseTo(0.73, within(1e-15));
    }

    @Test
    void aBoundaryAtEitherEndLeavesOneKind() {
        assertThat(HazardCurve.cutOut(hazard, 0)).isZero();
        assertThat(HazardCurve.discontinued(hazard, 4, 4)).isZero();
        assertThat(HazardCurve.cutOut(hazard, 4)).isEqualTo(HazardCurve.discontinued(hazard, 0, 4));
    }

    @Test
    void tinyAndCertainHazardsKeepTheirPrecision() {
        assertThat(HazardCurve.cutOut(new double[] {1e-20, 2e-20}, 2))
                .isCloseTo(3e-20, within(1e-33));
        assertThat(HazardCurve.cutOut(new double[] {0.5, 1}, 2)).isEqualTo(1);
    }

    @Test
    void twoHeadsMakeOneAxis() {
        HazardCurve.hazards(new double[] {0, 1000}, new double[] {-1000, 0}, buffer);
        assertThat(buffer).containsExactly(0.5, 1, 0, 0.5);
    }

    @Test
    void restrictedMeanSumsSurvival() {
        double[] survival = {0.5, 0.4, 0.3, 0.27};
        assertThat(HazardCurve.restrictedMean(survival, 1, 3)).isCloseTo(0.7, within(1e-15));
    }
}
