// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankMeTest {
    /** What the paper's epsilon of 1e-7 moves a value of a few singular values by, at most. */
    private static final double TOLERANCE = 1e-4;

    @Test
    void asManyEqualOrthogonalDirectionsGiveTheirNumber() {
        float[] identity = {2, 0, 0, 0, 2, 0, 0, 0, 2};

        assertThat(RankMe.of(identity, 3, 3)).isCloseTo(3, within(TOLERANCE));
    }

    @Test
    void embeddingsOnOneLineHaveRankOne() {
        float[] line = {1, 2, 3, 2, 4, 6, -1, -2, -3, 0, 0, 0};

        assertThat(RankMe.of(line, 4, 3)).isCloseTo(1, within(TOLERANCE));
    }

    @Test
    void unequalDirectionsCountByTheirEntropy() {
        // Singular values 3 and 1: exp(-(3/4 ln 3/4 + 1/4 ln 1/4)) = 4 / 3^(3/4).
        float[] rows = {3, 0, 0, -1};

        assertThat(RankMe.of(rows, 2, 2)).isCloseTo(4 / Math.pow(3, 0.75), within(TOLERANCE));
    }

    @Test
    void neitherTheOrderNorTheScaleOfEmbeddingsMatters() {
        float[] rows = {1, 2, 0, -1, 0.5f, 3};
        float[] turnedAndTenfold = {5, 30, 10, 20, 0, -10};

        assertThat(RankMe.of(turnedAndTenfold, 3, 2))
                .isCloseTo(RankMe.of(rows, 3, 2), within(1e-9));
    }

    @Test
    void fewerRowsThanValuesAndValuesBehindTheRowsAreAllowed() {
        float[] rows = {1, 0, 0, 0, 1, 0, Float.NaN, 7, 7};

        assertThat(RankMe.of(rows, 2, 3)).isCloseTo(2, within(TOLERANCE));
    }

    @Test
    void nothingToMeasureIsNotANumber() {
        assertThat(RankMe.of(new float[0], 0, 3)).isNaN();
        assertThat(RankMe.of(new float[6], 2, 3)).isNaN();
        assertThat(RankMe.of(new float[] {1, Float.POSITIVE_INFINITY}, 1, 2)).isNaN();
    }
}
