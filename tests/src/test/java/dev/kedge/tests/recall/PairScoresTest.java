// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairScoresTest {
    private static PairScores scores() {
        PairScores scores = new PairScores();
        scores.add(0.9, true);
        scores.add(0.8, false);
        scores.add(0.7, true);
        scores.add(0.7, false);
        scores.add(0.1, false);
        return scores;
    }

    @Test
    void figuresAreThoseWorkedByHand() {
        PairScores scores = scores();

        assertThat(scores.precision(0.75)).isEqualTo(0.5);
        assertThat(scores.recall(0.75)).isEqualTo(0.5);
        // Groups: 0.9 (1 of 1), 0.8 (1 of 2), 0.7 (2 of 4): (1 x 1 + 1 x 2/4) / 2.
        assertThat(scores.averagePrecision()).isCloseTo(0.75, within(1e-12));
        // 0.9 beats 3; 0.7 beats 0.1 and ties with one: (3 + 1.5) / 6.
        assertThat(scores.areaUnderCurve()).isCloseTo(0.75, within(1e-12));
        // At 0.9: precision 1, recall 1/2; at 0.7: 1/2 and 1. Both 2/3.
        assertThat(scores.bestBalance()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void nothingAboveTheThresholdHasNoPrecision() {
        assertThat(scores().precision(0.95)).isNaN();
        assertThat(scores().recall(0.95)).isZero();
    }
}
