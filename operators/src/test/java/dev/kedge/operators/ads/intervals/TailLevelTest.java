// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TailLevelTest {
    private static final double EXACT = 1e-12;

    @Test
    void itBeginsWithTheShareThatMayFail() {
        TailLevel level = new TailLevel(0.1, 0.05, 4);

        assertThat(level.level(0)).isCloseTo(0.1, within(EXACT));
    }

    @Test
    void anEndThatFailedLowersItAndOneThatHeldRaisesItALittle() {
        TailLevel level = new TailLevel(0.1, 0.05, 4);

        level.learn(1, true);
        // 0.0225 for all and 0.045 for the group.
        assertThat(level.level(1)).isCloseTo(1 / (1 + 9 * Math.exp(0.0675)), within(EXACT));
        assertThat(level.level(0)).isCloseTo(1 / (1 + 9 * Math.exp(0.0225)), within(EXACT));
        for (int i = 0; i < 9; i++) {
            level.learn(1, false);
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
            level.learn(group, fails);
            seen[group]++;
            failed[group] += fails ? 1 : 0;
        }

        assertThat((double) failed[0] / seen[0]).isCloseTo(0.05, within(0.006));
        assertThat((double) failed[1] / seen[1]).isCloseTo(0.05, within(0.012));
    }

    @Test
    void aGroupWithoutOutcomesHasTheLevelOfAll() {
        TailLevel one = new TailLevel(0.1, 0.05, 2);
        TailLevel other = new TailLevel(0.1, 0.05, 3);
        for (int i = 0; i < 100; i++) {
            one.learn(0, i % 3 == 0);
            other.learn(1, i % 3 == 0);
        }

        assertThat(one.level(1)).isEqualTo(other.level(2)).isLessThan(0.1);
    }

    @Test
    void atMostHalfIsCutOffAndNeverLessThanNothing() {
        TailLevel level = new TailLevel(0.2, 1, 1);
        for (int i = 0; i < 1000; i++) {
            level.learn(0, false);
        }
        assertThat(level.level(0)).isEqualTo(0.5);
        for (int i = 0; i < 1000; i++) {
            level.learn(0, true);
        }
        assertThat(level.level(0)).isBetween(0.0, 0.001);
    }
}
