// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTest {
    private static final int EXPERTS = 7;
    private static final double[] EVEN = {0.5, 0.5};

    @Test
    void eachWeightIsMultipliedByTheProbabilityThatItsExpertGaveToWhatHappened() {
        Mixture mixture = new Mixture(EVEN, 0);

        double loss = mixture.learn(new double[] {0.8, 0.2}, true, 1);

        assertThat(loss).isCloseTo(-Math.log(0.5), within(1e-15));
        assertThat(mixture.weight(0)).isCloseTo(0.8, within(1e-15));
        assertThat(mixture.weight(1)).isCloseTo(0.2, within(1e-15));
    }

    /** Ten that are stopped by one decision are not ten proofs. */
    @Test
    void anOutcomeThatCountsHalfMovesTheWeightsByTheRootOfTheProbability() {
        Mixture mixture = new Mixture(EVEN, 0);

        double bound = mixture.learn(new double[] {0.64, 0.16}, true, 0.5);

        assertThat(mixture.weight(0)).isCloseTo(0.8 / 1.2, within(1e-15));
        assertThat(mixture.weight(1)).isCloseTo(0.4 / 1.2, within(1e-15));
        assertThat(bound).isCloseTo(-Math.log(0.6), within(1e-15));
        assertThat(-0.5 * Math.log(0.4)).as("the loss itself").isLessThan(bound);
        assertThat(mixture.seen()).isEqualTo(0.5);
    }

    /** A prior weight of w costs at most ln(1 / w), however long the stream is. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void itsLossIsNeverMoreThanAnExpertsAndTheLogarithmOfOneOverItsPriorWeight(long seed) {
        assertLossIsBounded(Expert.priors(), seed);
    }

    /** Beside each expert by the logarithm of one over its prior weight, at every moment. */
    private static void assertLossIsBounded(double[] prior, long seed) {
        Mixture mixture = new Mixture(prior, 0);
        Stream stream = new Stream(seed);
        double mixed = 0;
        double[] alone = new double[EXPERTS];
        for (int t = 0; t < 3_000; t++) {
            stream.next();
            mixed += mixture.learn(stream.hazards, stream.stop, 1);
            stream.addLosses(alone);
            for (int i = 0; i < EXPERTS; i++) {
                assertThat(mixed).isLessThanOrEqualTo(alone[i] - Math.log(prior[i]) + 1e-9);
            }
        }
    }

    @Test
    void beforeAnythingWasSeenTheNetCountsMostAndAllTogetherOne() {
        double[] prior = Expert.priors();

        assertThat(prior).hasSize(EXPERTS);
        assertThat(Arrays.stream(prior).min().orElseThrow()).isPositive();
        assertThat(Arrays.stream(prior).sum()).isCloseTo(1, within(1e-15));
        assertThat(prior[Expert.NET.place()]).isGreaterThan(0.5);
    }

    @Test
    void aShareOfTheWeightIsDealtOutAmongAll() {
        Mixture mixture = new Mixture(EVEN, 0.1);

        mixture.learn(new double[] {0.8, 0.2}, true, 1);

        assertThat(mixture.weight(0)).isCloseTo(0.9 * 0.8 + 0.05, within(1e-15));
        assertThat(mixture.weight(1)).isCloseTo(0.9 * 0.2 + 0.05, within(1e-15));
    }

    /** Whatever the experts say and whatever happens, at every moment. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void withoutAShareItsLossIsNeverMoreThanTheLogarithmOfTheirNumberAboveTheBest(long seed) {
        assertLossIsBounded(uniform(EXPERTS), seed);
    }

    /**
     * Fixed share beside a sequence of experts that changes m times in T outcomes: {@code ln N + m
     * ln(N / a) - (T - 1 - m) ln(1 - a)} (Herbster and Warmuth 1998, theorem 1; a deals out to all,
     * the old one too, which only helps).
     */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void withAShareItFollowsTheBestExpertThroughChanges(long seed) {
        double share = 0.01;
        int each = 800;
        int parts = 4;
        Mixture mixture = new Mixture(uniform(EXPERTS), share);
        Stream stream = new Stream(seed);
        double mixed = 0;
        double best = 0;
        for (int part = 0; part < parts; part++) {
            double[] alone = new double[EXPERTS];
            stream.change();
            for (int t = 0; t < each; t++) {
                stream.next();
                mixed += mixture.learn(stream.hazards, stream.stop, 1);
                stream.addLosses(alone);
            }
            double lowest = alone[0];
            for (double loss : alone) {
                lowest = Math.min(lowest, loss);
            }
            best += lowest;
        }

        int changes = parts - 1;
        double allowed =
                Math.log(EXPERTS)
                        + changes * Math.log(EXPERTS / share)
                        - (parts * each - 1 - changes) * Math.log(1 - share);
        assertThat(mixed).isLessThanOrEqualTo(best + allowed);
    }

    @Test
    void theWeightsAlwaysAddUpToOne() {
        Mixture mixture = new Mixture(uniform(EXPERTS), 0.001);
        Stream stream = new Stream(5);
        for (int t = 0; t < 20_000; t++) {
            stream.next();
            mixture.learn(stream.hazards, stream.stop, 1);
        }

        double sum = 0;
        for (int i = 0; i < EXPERTS; i++) {
            sum += mixture.weight(i);
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    /** After 4,000 nats a weight itself would be 0, for good. */
    @Test
    void whoHasBeenWrongForLongIsHeardAgainOnceTheOthersHaveBeenWrongForLonger() {
        Mixture mixture = new Mixture(EVEN, 0);
        for (int t = 0; t < 1_000; t++) {
            mixture.learn(new double[] {0.02, 0.98}, true, 1);
        }
        assertThat(mixture.weight(0)).isZero();

        for (int t = 0; t < 1_100; t++) {
            mixture.learn(new double[] {0.02, 0.98}, false, 1);
        }

        assertThat(mixture.weight(0)).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatIsToldOfLossesForgetsOldOnes() {
        Mixture mixture = new Mixture(EVEN, 0.001);
        for (int t = 0; t < 50_000; t++) {
            mixture.learn(new double[] {0.9, 0.5}, false, 1);
        }
        for (int t = 0; t < 50_000; t++) {
            mixture.learn(new double[] {0.1, 0.5}, false, 1);
        }

        assertThat(mixture.loss(0) / mixture.seen()).isCloseTo(-Math.log(0.9), within(1e-3));
        assertThat(mixture.loss(1) / mixture.seen()).isCloseTo(Math.log(2), within(1e-3));
    }

    private static double[] uniform(int experts) {
        double[] prior = new double[experts];
        Arrays.fill(prior, 1.0 / experts);
        return prior;
    }

    /** Experts that are right in turns, wrong and sure of it in others. */
    private static final class Stream {
        private final SplittableRandom random;
        private final double[] hazards = new double[EXPERTS];
        private final double[] leaning = new double[EXPERTS];
        private double truth = 0.2;
        private boolean stop;

        private Stream(long seed) {
            random = new SplittableRandom(seed);
            change();
        }

        private void change() {
            truth = random.nextDouble(0.02, 0.6);
            for (int i = 0; i < EXPERTS; i++) {
                leaning[i] = random.nextDouble(0.0001, 0.9999);
            }
        }

        private void next() {
            stop = random.nextDouble() < truth;
            for (int i = 0; i < EXPERTS; i++) {
                double wild = random.nextDouble(0.0001, 0.9999);
                hazards[i] = random.nextInt(5) == 0 ? wild : leaning[i];
            }
        }

        private void addLosses(double[] losses) {
            for (int i = 0; i < EXPERTS; i++) {
                losses[i] -= Math.log(stop ? hazards[i] : 1 - hazards[i]);
            }
        }
    }
}
