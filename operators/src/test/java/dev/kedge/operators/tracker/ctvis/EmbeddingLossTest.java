// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingLossTest {
    private static final int WIDTH = 4;

    @Test
    void theLossesOfAnItemAreThoseWorkedByHand() {
        EmbeddingLoss loss = new EmbeddingLoss(2, new EmbeddingLoss.Weights(1, 1));
        // anchor (1, 0); positive (2, 0); negatives (0, 3) and (-1, 0)
        double[] vectors = {1, 0, 2, 0, 0, 3, -1, 0};
        double[] gradient = new double[vectors.length];
        loss.evaluate(vectors, 0, new int[] {1, 2, 3}, 0, 1, 3, 1, gradient);

        double sum = Math.exp(-2) + Math.exp(-3);
        assertThat(loss.embedding()).isCloseTo(Math.log(1 + sum), within(1e-15));
        // cosines 1, 0 and -1 for targets 1, 0 and 0
        assertThat(loss.auxiliary()).isCloseTo(1.0 / 3, within(1e-15));
        double first = Math.exp(-2) / (1 + sum);
        double second = Math.exp(-3) / (1 + sum);
        // dL/dk+ = -(sum p) v; parallel vectors have no gradient of their cosine
        assertThat(gradient[2]).isCloseTo(-(first + second), within(1e-15));
        assertThat(gradient[3]).isZero();
        // dL/dv = sum p (n - k+)
        assertThat(gradient[0]).isCloseTo(first * -2 + second * -3, within(1e-15));
        assertThat(gradient[6]).isCloseTo(second, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "2, 5", "3, 1", "1, 0", "0, 3"})
    void gradientsAgreeWithCentralDifferences(int positives, int negatives) {
        SplittableRandom random = new SplittableRandom(positives * 10L + negatives);
        int count = positives + negatives;
        double[] vectors = Gradients.numbers(random, (1 + count) * WIDTH);
        double[] gradient = new double[vectors.length];
        total(vectors, positives, gradient);

        Gradients.assertGradient(gradient, v -> total(v, positives, new double[v.length]), vectors);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "3, 0", "0, 3", "0, 0"})
    void withoutPositivesOrNegativesThereIsNothingToLearn(int positives, int negatives) {
        SplittableRandom random = new SplittableRandom(7);
        double[] vectors = Gradients.numbers(random, (1 + positives + negatives) * WIDTH);
        double[] gradient = new double[vectors.length];

        assertThat(total(vectors, positives, gradient)).isZero();
        assertThat(gradient).containsOnly(0);
        assertThat(EmbeddingLoss.isItem(positives, negatives)).isFalse();
    }

    private static double total(double[] vectors, int positives, double[] gradient) {
        EmbeddingLoss.Weights weights = new EmbeddingLoss.Weights(2, 3);
        EmbeddingLoss loss = new EmbeddingLoss(WIDTH, weights);
        int count = vectors.length / WIDTH - 1;
        int[] keys = IntStream.rangeClosed(1, count).toArray();
        loss.evaluate(vectors, 0, keys, 0, positives, count, 1, gradient);
        return weights.total(loss.embedding(), loss.auxiliary());
    }

    @Test
    void longVectorsDoNotOverflow() {
        double[] vectors = {100, 0, -100, 0, 100, 0, 99, 1};
        double[] gradient = new double[vectors.length];
        EmbeddingLoss loss = new EmbeddingLoss(2, EmbeddingLoss.Weights.REFERENCE);
        loss.evaluate(vectors, 0, new int[] {1, 2, 3}, 0, 1, 3, 1, gradient);

        assertThat(loss.embedding()).isCloseTo(20_000, within(1e-6));
        assertThat(gradient).doesNotContain(Double.NaN);
        loss.evaluate(vectors, 0, new int[] {2, 1}, 0, 1, 2, 1, gradient);
        assertThat(loss.embedding()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 9e-13})
    void aVectorWithoutLengthHasCosineZeroAndNoGradientOfIt(double tiny) {
        double[] vectors = {tiny, 0, 1, 2, 0, 1};
        double[] gradient = new double[vectors.length];
        EmbeddingLoss loss = new EmbeddingLoss(2, new EmbeddingLoss.Weights(0, 1));
        loss.evaluate(vectors, 0, new int[] {1, 2}, 0, 1, 2, 1, gradient);

        assertThat(loss.auxiliary()).isEqualTo(0.5);
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void weightsThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingLoss.Weights(-1, 0))
                .withMessageContaining("loss.embedding-weight: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingLoss.Weights(1, Double.POSITIVE_INFINITY))
                .withMessageContaining("loss.auxiliary-weight: Infinity");
    }
}
