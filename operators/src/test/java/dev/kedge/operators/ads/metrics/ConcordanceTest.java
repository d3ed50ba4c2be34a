// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ConcordanceTest {
    private static final double NOWHERE = Double.POSITIVE_INFINITY;

    private static Concordance pairByPair(Outcomes outcomes, double[] risks) {
        long[] found = new long[4];
        for (int i = 0; i < outcomes.size(); i++) {
            for (int j = 0; j < outcomes.size(); j++) {
                boolean same = outcomes.times()[i] == outcomes.times()[j];
                boolean later = outcomes.times()[i] < outcomes.times()[j];
                if (outcomes.events()[i] && (later || (same && !outcomes.events()[j]))) {
                    double ahead = risks[i] - risks[j];
                    found[Math.abs(ahead) <= 1e-8 ? 2 : ahead > 0 ? 0 : 1]++;
                    found[3] += same ? 1 : 0;
                }
            }
        }
        double index = (found[0] + 0.5 * found[2]) / (found[0] + found[1] + found[2]);
        return new Concordance(index, found[0], found[1], found[2], found[3]);
    }

    @RepeatedTest(20)
    void countingByTreeIsCountingPairByPair(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        Outcomes outcomes = RandomOutcomes.tied(random, 60, 0.4);
        double[] risks = random.doubles(60).map(risk -> Math.floor(10 * risk) / 10).toArray();
        assertThat(Concordance.harrell(outcomes, risks)).isEqualTo(pairByPair(outcomes, risks));
    }

    @Test
    void onlyTheOrderOfRisksMatters() {
        SplittableRandom random = new SplittableRandom(51);
        Outcomes outcomes = RandomOutcomes.tied(random, 80, 0.3);
        double[] risks = random.doubles(80).toArray();
        double[] stretched = Arrays.stream(risks).map(risk -> Math.exp(5 * risk) - 3).toArray();
        assertThat(Concordance.harrell(outcomes, stretched))
                .isEqualTo(Concordance.harrell(outcomes, risks));
    }

    @Test
    void withoutTiesReversedRisksGiveTheComplement() {
        SplittableRandom random = new SplittableRandom(53);
        Outcomes outcomes = RandomOutcomes.tied(random, 80, 0.3);
        double[] risks = random.doubles(80).toArray();
        double[] reversed = Arrays.stream(risks).map(risk -> -risk).toArray();
        assertThat(Concordance.harrell(outcomes, reversed).index())
                .isCloseTo(1 - Concordance.harrell(outcomes, risks).index(), within(1e-12));
    }

    @Test
    void risksWithinTheToleranceAreTied() {
        Outcomes outcomes = new Outcomes(new double[] {1, 2}, new boolean[] {true, true});
        assertThat(Concordance.harrell(outcomes, new double[] {0, 1e-8}).tiedRisk()).isOne();
        assertThat(Concordance.harrell(outcomes, new double[] {0, 1.1e-8}).discordant()).isOne();
    }

    @Test
    void withoutComparablePairsTheIndexIsNotANumber() {
        Outcomes censored = new Outcomes(new double[] {1, 2}, new boolean[2]);
        Concordance found = Concordance.harrell(censored, new double[2]);
        assertThat(found.index()).isNaN();
        assertThat(found.concordant() + found.discordant() + found.tiedRisk()).isZero();
        assertThatIllegalArgumentException().isThrownBy(found::requireIndex);
    }

    @Test
    void withoutCensoringUnosConcordanceIsHarrells() {
        SplittableRandom random = new SplittableRandom(57);
        Outcomes outcomes = RandomOutcomes.distinct(random, 50, 0);
        double[] risks = random.doubles(50).toArray();
        assertThat(Concordance.uno(outcomes, outcomes, risks, NOWHERE, 1e-8).index())
                .isCloseTo(Concordance.harrell(outcomes, risks).index(), within(1e-12));
    }

    @Test
    void unosConcordanceRefusesACensoringDistributionOfZero() {
        Outcomes outcomes = new Outcomes(new double[] {1, 2, 2}, new boolean[] {true, true, false});
        double[] risks = {3, 2, 1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Concordance.uno(outcomes, outcomes, risks, NOWHERE, 1e-8))
                .withMessageContaining("censoring survival function is zero at time 2.0");
        assertThat(Concordance.uno(outcomes, outcomes, risks, 2, 1e-8).index()).isEqualTo(1);
    }

    @Test
    void unosConcordanceRefusesEventsPastTheTrainingTimes() {
        Outcomes training = new Outcomes(new double[] {1, 2}, new boolean[] {false, true});
        Outcomes later = new Outcomes(new double[] {1, 3}, new boolean[] {true, true});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Concordance.uno(training, later, new double[2], NOWHERE, 0))
                .withMessageContaining("largest observed time 2.0: 3.0");
    }

    @Test
    void nonsenseIsRefused() {
        Outcomes outcomes = new Outcomes(new double[] {1, 2}, new boolean[] {true, true});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Concordance.harrell(outcomes, new double[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Concordance.harrell(outcomes, new double[] {1, Double.NaN}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Outcomes(new double[1], new boolean[2]));
    }
}
