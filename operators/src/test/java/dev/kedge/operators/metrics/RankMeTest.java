// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
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

    @Test
    void collapsedEmbeddingsHaveARankWhateverTheirRounding() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 400; i++) {
            int rows = 30 + random.nextInt(12);
            int width = 30 + random.nextInt(12);

            double rank = RankMe.of(collapsed(random, rows, width), rows, width);

            assertThat(rank).as("case %d, %d x %d", i, rows, width).isBetween(1.0, 3.1);
        }
    }

    /** Rows of two directions and of many lengths, with noise of a float's last digit. */
    private static float[] collapsed(SplittableRandom random, int rows, int width) {
        double[][] directions = new double[2][width];
        for (double[] direction : directions) {
            for (int k = 0; k < width; k++) {
                direction[k] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            }
        }
        float[] embeddings = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            double[] direction = directions[random.nextInt(2)];
            double length = Math.pow(10, -random.nextInt(20));
            for (int k = 0; k < width; k++) {
                double noise = 1e-7 * (random.nextDouble() - 0.5);
                embeddings[row * width + k] = (float) (length * direction[k] + noise);
            }
        }
        return embeddings;
    }
}
