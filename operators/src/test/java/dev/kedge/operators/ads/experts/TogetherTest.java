// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private static final double[] LOGITS = {-3, -2, -1, 0, 1, 2};

    @Test
    void beforeItLearnedItIsTheMeanOfTheTwoThatReadAllInputs() {
        assertThat(new Together().logit(LOGITS, 0, 1)).isCloseTo(1.5, within(1e-12));
    }

    /**
     * The first step solves {@code (H + 100 I) step = -g}, with the gradient g and the matrix of
     * second derivatives H of the log-loss, which are found here by central differences.
     */
    @Test
    void itsFirstStepIsThatOfNewton() {
        Together together = new Together();
        together.learn(LOGITS, true, 0.5);

        double[] step = new double[LOGITS.length];
        step[0] = together.logit(new double[LOGITS.length], 0, 1);
        for (int i = 1; i < step.length; i++) {
            step[i] = beta(together, i) - (i < 4 ? 0 : 0.5);
        }
        for (int i = 0; i < step.length; i++) {
            double sum = 100 * step[i] + 0.5 * gradient(i);
            for (int j = 0; j < step.length; j++) {
                sum += 0.5 * curvature(i, j) * step[j];
            }
            assertThat(sum).isCloseTo(0, within(1e-4));
        }
    }

    @Test
    void whoWouldBeTurnedRoundIsLeftOut() {
        Together together = new Together();
        together.learn(LOGITS, false, 1);

        assertThat(beta(together, 1)).isZero();
        assertThat(beta(together, 5)).isBetween(0.4, 0.5);
    }

    private static double gradient(int i) {
        double e = 1e-4;
        return (loss(i, e, 0, 0) - loss(i, -e, 0, 0)) / (2 * e);
    }

    private static double curvature(int i, int j) {
        double e = 1e-3;
        return (loss(i, e, j, e) - loss(i, e, j, -e) - loss(i, -e, j, e) + loss(i, -e, j, -e))
                / (4 * e * e);
    }

    /** With two of the weights moved, the constant being the first. */
    private static double loss(int i, double more, int j, double further) {
        double logit = 1.5 + more * input(i) + further * input(j);
        return loss(logit, true);
    }

    private static double input(int i) {
        return i == 0 ? 1 : LOGITS[i] - LOGITS[0];
    }

    /** What one expert's log odds change in the sum, without the constant. */
    private static double beta(Together together, int expert) {
        double[] none = {0, 0, 0, 0, 0, 0};
        double[] one = none.clone();
        one[expert] = 1;
        return together.logit(one, 0, 1) - together.logit(none, 0, 1);
    }

    @Test
    void itFindsWhoTellsTheTruthAndWhoContradictsItAndNeverTurnsAnybodyRound() {
        Together together = new Together();
        SplittableRandom random = new SplittableRandom(3);
        double[] logits = new double[6];
        for (int t = 0; t < 40_000; t++) {
            double truth = random.nextDouble(-3, 3);
            logits[1] = truth;
            logits[2] = -truth;
            for (int i = 3; i < 6; i++) {
                logits[i] = random.nextDouble(-3, 3);
            }
            together.learn(logits, random.nextDouble() < Odds.sigmoid(truth), 1);
        }

        assertThat(together.share(Expert.LIFE_TABLE)).isGreaterThan(0.8);
        assertThat(beta(together, 2)).isBetween(0.0, 0.01);
        double sum = 0;
        for (int i = 0; i < Expert.ALONE; i++) {
            sum += together.share(Expert.all().get(i));
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void expertsThatErrInDifferentWaysAreBetterTogetherThanTheBestAlone() {
        Together together = new Together();
        SplittableRandom random = new SplittableRandom(4);
        double[] logits = new double[6];
        double[] losses = new double[7];
        for (int t = 0; t < 20_000; t++) {
            double truth = random.nextDouble(-4, 2);
            for (int i = 0; i < 6; i++) {
                logits[i] = truth + 4 * (random.nextDouble() - 0.5);
            }
            boolean stop = random.nextDouble() < Odds.sigmoid(truth);
            for (int i = 0; i < 6; i++) {
                losses[i] += loss(logits[i], stop);
            }
            losses[6] += loss(together.logit(logits, 0, 1), stop);
            together.learn(logits, stop, 1);
        }

        for (int i = 0; i < 6; i++) {
            assertThat(losses[6]).isLessThan(0.97 * losses[i]);
        }
    }

    private static double loss(double logit, boolean stop) {
        double hazard = Odds.sigmoid(logit);
        return -Math.log(stop ? hazard : 1 - hazard);
    }

    @Test
    void readBackItGoesOnWithTheSameBytes() {
        Together together = new Together();
        together.learn(LOGITS, true, 0.5);
        Together again = new Together();
        BinaryReader in = Envelope.open(bytes(together), Family.EXPERTS, 2);
        again.read(in);
        in.requireEnd();

        together.learn(LOGITS, false, 1);
        again.learn(LOGITS, false, 1);

        assertThat(bytes(again)).isEqualTo(bytes(together));
    }

    private static byte[] bytes(Together together) {
        BinaryWriter out = new BinaryWriter(64);
        together.write(out);
        return Envelope.seal(Family.EXPERTS, 2, out);
    }
}
