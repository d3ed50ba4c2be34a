// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AccuracyMatrixTest {
    private final AccuracyMatrix matrix =
            AccuracyMatrix.of(new double[][] {{0.9, 0.1, 0}, {0.6, 0.8, 0.2}, {0.3, 0.4, 0.7}});

    @Test
    void threeTasksByHand() {
        assertThat(matrix.end()).isCloseTo(1.4 / 3, within(1e-12));
        assertThat(matrix.anytime()).isCloseTo((0.9 + 0.7 + 1.4 / 3) / 3, within(1e-12));
        assertThat(matrix.learning()).isCloseTo(0.8, within(1e-12));
        assertThat(matrix.forgetting()).isCloseTo((0.6 + 0.4) / 2, within(1e-12));
        assertThat(Transfers.forgettingOverAllTasks(matrix)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(Transfers.forwardTransfer(matrix)).isCloseTo(0.1, within(1e-12));
        assertThat(Transfers.positiveBackwardTransfer(matrix)).isZero();
    }

    @Test
    void oneTaskHasNoForgetting() {
        AccuracyMatrix one = AccuracyMatrix.of(new double[][] {{0.5}});

        assertThat(one.end()).isEqualTo(0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(one::forgetting)
                .withMessageContaining("one task");
    }

    @Test
    void refusesAMatrixThatIsNotSquare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccuracyMatrix.of(new double[][] {{0.5, 0.5}}))
                .withMessageContaining("2 accuracies");
    }

    @Test
    void theIntervalOfOneRunIsNotDefined() {
        assertThat(ConfidenceInterval.of(new double[] {0.4}, 0.95).halfWidth()).isNaN();
    }

    @Test
    void theIntervalOfTwoRunsIsThatOfStudent() {
        ConfidenceInterval interval = ConfidenceInterval.of(new double[] {1, 3}, 0.95);

        assertThat(interval.mean()).isEqualTo(2);
        assertThat(interval.halfWidth()).isCloseTo(12.706, within(1e-3));
    }
}
