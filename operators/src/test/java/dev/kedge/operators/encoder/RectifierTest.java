// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RectifierTest {
    @Test
    void whatIsBelowZeroBecomesZero() {
        float[] values = {-1, 0, 2, -Float.MIN_VALUE};
        Rectifier.rectify(values, 4);
        assertThat(values).containsExactly(0, 0, 2, 0);
    }

    @Test
    void gradientsPassUnchangedWhereItWasOpenAndAreZeroWhereItWasShut() {
        float[] outcome = {5, 0, 1e-30f, 3e38f, Float.MIN_NORMAL, 0, 9};
        float[] gradient = {7, 7, -7, 7, 7, -7, 7};
        Rectifier.shut(outcome, gradient, 1, 5);
        assertThat(gradient[0]).as("before the range").isEqualTo(7);
        assertThat(gradient[1]).isZero();
        assertThat(gradient[2]).isEqualTo(-7);
        assertThat(gradient[3]).isEqualTo(7);
        assertThat(gradient[4]).as("the smallest normal number").isEqualTo(7);
        assertThat(gradient[5]).isZero();
        assertThat(gradient[6]).as("behind the range").isEqualTo(7);
    }
}
