// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourValueTest {
    private final SplittableRandom random = new SplittableRandom(6);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void theRecursionGivesTheShapleyValuesOfAllCoalitions(int neighbours) {
        int count = 5;
        double[] likeness = random.doubles(count).toArray();
        int[] labels = {0, 1, 1, 0, 1};
        double[] values = new double[count];
        new NeighbourValue(neighbours).add(likeness, labels, count, 1, 2, values);

        for (int i = 0; i < count; i++) {
            assertThat(values[i])
                    .isCloseTo(2 * shapley(i, likeness, labels, neighbours), within(1e-12));
        }
    }

    private static double shapley(int i, double[] likeness, int[] labels, int neighbours) {
        double value = 0;
        for (int coalition = 0; coalition < 1 << labels.length; coalition++) {
            if ((coalition >> i & 1) == 0) {
                int size = Integer.bitCount(coalition);
                double weight =
                        factorial(size)
                                * factorial(labels.length - size - 1)
                                / factorial(labels.length);
                value +=
                        weight
                                * (utility(coalition | 1 << i, likeness, labels, neighbours)
                                        - utility(coalition, likeness, labels, neighbours));
            }
        }
        return value;
    }

    private static double utility(int coalition, double[] likeness, int[] labels, int neighbours) {
        return IntStream.range(0, labels.length)
                        .filter(i -> (coalition >> i & 1) == 1)
                        .boxed()
                        .sorted((a, b) -> Double.compare(likeness[b], likeness[a]))
                        .limit(neighbours)
                        .filter(i -> labels[i] == 1)
                        .count()
                / (double) neighbours;
    }

    private static double factorial(int n) {
        return IntStream.rangeClosed(1, n).asDoubleStream().reduce(1, (a, b) -> a * b);
    }
}
