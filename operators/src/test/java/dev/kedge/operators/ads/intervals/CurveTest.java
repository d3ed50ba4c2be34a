// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.intervals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.Outlook;
import dev.kedge.operators.ads.hazards.Intervals;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final long DAY = 86_400_000L;
    private static final Intervals INTERVALS = new Intervals(List.of(0.0, 1.0, 2.0, 4.0), 2);
    private static final double[] HAZARDS = {0.5, 0.25, 0.75, 0.1};
    private static final double LOG_2 = Math.log(2);

    private static Curve from(double days) {
        Curve curve = new Curve(INTERVALS);
        curve.begin(Math.round(days * DAY), HAZARDS);
        return curve;
    }

    @Test
    void theCumulativeHazardRisesInAStraightLineWithinAnInterval() {
        assertThat(from(0).until(DAY / 2)).isCloseTo(LOG_2 / 2, within(1e-12));
        assertThat(from(0).until(DAY)).isCloseTo(LOG_2, within(1e-12));
        assertThat(from(0).until(3 * DAY))
                .isCloseTo(LOG_2 - Math.log(0.75) - Math.log(0.25) / 2, within(1e-12));
    }

    @Test
    void itBeginsAtTheAgeOfTheCreative() {
        assertThat(from(2.5).until(2 * DAY)).isZero();
        assertThat(from(2.5).until(3 * DAY)).isCloseTo(-Math.log(0.25) / 4, within(1e-12));
    }

    @Test
    void itGoesOnBehindTheLastCutInStepsOfTheLastWidth() {
        assertThat(from(4).until(10 * DAY)).isCloseTo(-3 * Math.log(0.9), within(1e-12));
    }

    @Test
    void itIsMinusTheLogOfTheSurvivalOfTheSameHazards() {
        Outlook outlook = new Outlook(INTERVALS, HAZARDS, 0, DAY / 3);
        for (long age = DAY / 3; age < 12 * DAY; age += DAY / 7) {
            double survival = outlook.survivalTo(age);
            assertThat(from(1.0 / 3).until(age)).isCloseTo(-Math.log(survival), within(1e-9));
        }
    }

    @Test
    void theAgeAtWhichAHazardIsReachedHasThatHazard() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            double begin = random.nextDouble(6);
            double hazard = random.nextDouble(3);
            Curve curve = from(begin);
            long age = curve.reach(hazard, 1000 * DAY);

            assertThat(curve.until(age)).isCloseTo(hazard, within(1e-6));
        }
    }

    @Test
    void whatIsNotReachedInTimeIsSaidToBeReachedAtTheEnd() {
        assertThat(from(0).reach(5, 4 * DAY)).isEqualTo(4 * DAY);
        assertThat(from(0).reach(0, 4 * DAY)).isZero();
    }

    @Test
    void aHazardOfOneOrNoneIsNoTrouble() {
        Curve curve = new Curve(INTERVALS);
        curve.begin(0, new double[] {0, 1, 0, 0});

        assertThat(curve.until(DAY)).isZero();
        assertThat(curve.until(4 * DAY)).isFinite();
        assertThat(curve.reach(1, 4 * DAY)).isBetween(DAY, 2 * DAY);
    }
}
