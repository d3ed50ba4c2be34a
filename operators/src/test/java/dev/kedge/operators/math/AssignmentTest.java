// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
    @Test
    void theGreedyChoiceIsGivenUpForALargerSum() {
        double[] values = {
            10, 9, 0,
            9, 1, 0
        };

        assertThat(new Assignment().largest(values, 2, 3)).containsExactly(1, 0);
    }

    @Test
    void rowsThatFindNoColumnHaveNone() {
        double[] values = {1, 3, 2};

        assertThat(new Assignment().largest(values, 3, 1)).containsExactly(-1, 0, -1);
        assertThat(new Assignment().largest(new double[0], 2, 0)).containsExactly(-1, -1);
        assertThat(new Assignment().largest(new double[0], 0, 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MAX_VALUE,
                -Double.MAX_VALUE
            })
    void whatIsNoNumberIsNoPairAndTheOthersFindTheirs(double strange) {
        double[] values = {0.9, strange, 0.1, strange, strange, strange, 0.8, strange, 0.3};
        double[] nothing = new double[12];
        Arrays.fill(nothing, strange);

        assertThat(new Assignment().largest(values, 3, 3)).containsExactly(0, -1, 2);
        assertThat(new Assignment().largest(nothing, 3, 4)).containsOnly(-1);
        assertThat(new Assignment().largest(nothing, 4, 3)).containsOnly(-1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {3e38, 1e99, -1e99, 1e-300, Double.MIN_VALUE})
    void valuesOfAnySizeFindAnEnd(double size) {
        SplittableRandom random = new SplittableRandom(8);
        double[] values = Gradients.numbers(random, 30);
        values[7] = size;
        values[13] = -size;

        int[] found = new Assignment().largest(values, 5, 6);

        assertThat(Arrays.stream(found).distinct().count()).isEqualTo(5);
        assertThat(found).doesNotContain(-1);
    }

    @Test
    void noPairingHasALargerSum() {
        SplittableRandom random = new SplittableRandom(4);
        Assignment assignment = new Assignment();
        for (int n = 0; n < 400; n++) {
            int rows = random.nextInt(1, 6);
            int columns = random.nextInt(1, 6);
            double[] values = Gradients.numbers(random, rows * columns);
            int[] found = assignment.largest(values, rows, columns);
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += found[i] < 0 ? 0 : values[i * columns + found[i]];
            }

            assertThat(Arrays.stream(found).filter(j -> j >= 0).distinct().count())
                    .isEqualTo(Math.min(rows, columns));
            boolean wide = rows <= columns;
            double[] flat = wide ? values : transposed(values, rows, columns);
            double best = best(flat, Math.min(rows, columns), Math.max(rows, columns), 0, 0);
            assertThat(sum).isCloseTo(best, within(1e-12));
        }
    }

    private static double[] transposed(double[] values, int rows, int columns) {
        double[] turned = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            turned[k % columns * rows + k / columns] = values[k];
        }
        return turned;
    }

    private static double best(double[] values, int rows, int columns, int row, int taken) {
        if (row == rows) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < columns; j++) {
            if ((taken >> j & 1) == 0) {
                double rest = best(values, rows, columns, row + 1, taken | 1 << j);
                best = Math.max(best, values[row * columns + j] + rest);
            }
        }
        return best;
    }
}
