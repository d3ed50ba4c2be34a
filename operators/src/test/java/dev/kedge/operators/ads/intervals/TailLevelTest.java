// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailLevelTest {
    private static final double EXACT = 1e-12;

    private static void learn(TailLevel level, int group, boolean failed) {
        level.learn(group, (failed ? 1 : 0) - level.target());
    }

    @Test
    void itBeginsWithTheShareThatMayFail() {
        TailLevel level = new TailLevel(0.1, 0.05, 4);

        assertThat(level.level(0)).isCloseTo(0.1, within(EXACT));
    }

    @Test
    void anEndThatFailedLowersItAndOneThatHeldRaisesItALittle() {
        TailLevel level = new TailLevel(0.1, 0.05, 4);

        learn(level, 1, true);
        // 0.0225 for all and 0.045 for the group.
        assertThat(level.level(1)).isCloseTo(1 / (1 + 9 * Math.exp(0.0675)), within(EXACT));
        assertThat(level.level(0)).isCloseTo(1 / (1 + 9 * Math.exp(0.0225)), within(EXACT));
        for (int i = 0; i < 9; i++) {
            learn(level, 1, false);
        }
        assertThat(level.level(1)).isCloseTo(0.1, within(EXACT));
    }

    /**
     * The share of ends that fail is the target, whatever the stream does, for each group: what is
     * said of like 5 % fails for 20 % of the creatives of one group, and for more and more of all.
     */
    @Test
    void overTimeAsManyFailAsMayOfEachGroupHoweverTheStreamDrifts() {
        TailLevel level = new TailLevel(0.05, 0.05, 2);
        SplittableRandom random = new SplittableRandom(3);
        int[] failed = new int[2];
        int[] seen = new int[2];
        for (int i = 0; i < 20_000; i++) {
            int group = random.nextInt(4) == 0 ? 1 : 0;
            double drift = 1 + 3 * (i / 20_000.0);
            double chance = Math.min(1, level.level(group) * drift * (group == 1 ? 4 : 1));
            boolean fails = random.nextDouble() < chance;
            learn(level, group, fails);
            seen[group]++;
            failed[group] += fails ? 1 : 0;
        }

        assertThat((double) failed[0] / seen[0]).isCloseTo(0.05, within(0.006));
        assertThat((double) failed[1] / seen[1]).isCloseTo(0.05, within(0.012));
    }

    @Test
    void whatIsHeldOfARunningCreativeGoesFromTheTargetToWhatItsEndWillBe() {
        TailLevel level = new TailLevel(0.05, 0.05, 1);

        assertThat(level.failsEarly(0)).isCloseTo(0.05, within(EXACT));
        assertThat(level.failsEarly(1)).isZero();
        assertThat(level.failsLate(0)).isCloseTo(0.05, within(EXACT));
        assertThat(level.failsLate(0.5)).isCloseTo(Math.sqrt(0.05), within(EXACT));
        assertThat(level.failsLate(1)).isEqualTo(1);
    }

    /**
     * Ends that are right teach nothing in the mean, at whichever age one looks. Whoever learned
     * ends once they are decided would have learned by then that many hold, and of none that it
     * fails.
     */
    @Test
    void endsThatAreNotDecidedYetDoNotMoveTheLevel() {
        double target = 0.05;
        TailLevel level = new TailLevel(target, 1e-6, 1);
        SplittableRandom random = new SplittableRandom(4);
        double end = -Math.log(target);
        double inParts = 0;
        double decided = 0;
        for (int i = 0; i < 50_000; i++) {
            double residual = -Math.log1p(-random.nextDouble());
            boolean stopped = residual < end / 2;
            inParts += (stopped ? 0 : level.failsLate(0.5)) - target;
            decided += stopped ? -target : 0;
        }

        assertThat(inParts / 50_000).isCloseTo(0, within(0.002));
        assertThat(decided / 50_000).isLessThan(-0.035);
    }

    @Test
    void aGroupWithoutOutcomesHasTheLevelOfAll() {
        TailLevel one = new TailLevel(0.1, 0.05, 2);
        TailLevel other = new TailLevel(0.1, 0.05, 3);
        for (int i = 0; i < 100; i++) {
            learn(one, 0, i % 3 == 0);
            learn(other, 1, i % 3 == 0);
        }

        assertThat(one.level(1)).isEqualTo(other.level(2)).isLessThan(0.1);
    }

    @Test
    void atMostHalfIsCutOffAndNeverLessThanNothing() {
        TailLevel level = new TailLevel(0.2, 1, 1);
        for (int i = 0; i < 1000; i++) {
            learn(level, 0, false);
        }
        assertThat(level.level(0)).isEqualTo(0.5);
        for (int i = 0; i < 1000; i++) {
            learn(level, 0, true);
        }
        assertThat(level.level(0)).isBetween(0.0, 0.001);
    }
}
