// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KaplanMeierTest {
    private final Outcomes outcomes =
            new Outcomes(
                    new double[] {3, 1, 2, 2, 5}, new boolean[] {true, true, false, true, false});

    @Test
    void survivalFallsAtEvents() {
        KaplanMeier survival = KaplanMeier.survival(outcomes);
        assertThat(survival.times()).containsExactly(1, 2, 3, 5);
        assertThat(survival.probabilities())
                .containsExactly(new double[] {0.8, 0.6, 0.3, 0.3}, within(1e-15));
    }

    @Test
    void censoringComesAfterEventsOfTheSameTime() {
        KaplanMeier censoring = KaplanMeier.censoring(outcomes);
        assertThat(censoring.probabilities())
                .containsExactly(new double[] {1, 2.0 / 3, 2.0 / 3, 0}, within(1e-15));
    }

    @Test
    void theEstimateIsAStepFunctionFromOne() {
        KaplanMeier survival = KaplanMeier.survival(outcomes);
        assertThat(survival.at(0.5)).isEqualTo(1);
        assertThat(survival.at(1)).isEqualTo(0.8);
        assertThat(survival.at(1.9)).isEqualTo(0.8);
    }

    @Test
    void pastTheLastTimeTheEstimateIsZeroOrNotDefined() {
        assertThat(KaplanMeier.censoring(outcomes).at(6)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> KaplanMeier.survival(outcomes).at(6));
        assertThat(KaplanMeier.survival(outcomes).atOrLast(6)).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void ofNobodyTheEstimateIsOneWhereItIsDefined() {
        KaplanMeier nobody = KaplanMeier.survival(new Outcomes(new double[0], new boolean[0]));
        assertThat(nobody.atOrLast(1)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> nobody.at(1));
    }

    @Test
    void aWeightWhereAllAreCensoredIsRefused() {
        KaplanMeier censoring = KaplanMeier.censoring(outcomes);
        assertThat(censoring.inverseAt(2)).isCloseTo(1.5, within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> censoring.inverseAt(5))
                .withMessageContaining("zero at time 5.0");
    }
}
