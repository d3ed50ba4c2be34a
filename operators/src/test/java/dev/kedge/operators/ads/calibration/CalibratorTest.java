// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.calibration.Calibrator.Method;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CalibratorTest {
    private static final double[] ASKED = {0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99};

    @ParameterizedTest
    @EnumSource(Method.class)
    void nothingChangesBeforeTheFirstOutcome(Method method) {
        Calibrator calibrator = method.create(1000, 20);
        for (double p : ASKED) {
            assertThat(calibrator.calibrate(p)).isCloseTo(p, within(1e-12));
        }
    }

    /** What is said to be p happens with probability 0.5 p. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"ISOTONIC", "PLATT"})
    void forecastsThatAreTwiceTooHighAreHalved(Method method) {
        Calibrator calibrator = method.create(5000, 20);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            double p = 0.05 + 0.6 * random.nextDouble();
            calibrator.learn(p, random.nextDouble() < 0.5 * p);
        }
        for (double p : new double[] {0.1, 0.2, 0.4, 0.6}) {
            assertThat(calibrator.calibrate(p)).isCloseTo(0.5 * p, within(0.04));
        }
    }

    /** Random outcomes pull neighbouring bins past each other; the line must not follow. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"ISOTONIC", "PLATT"})
    void theLineNeverFallsAndStaysWithinNoughtAndOne(Method method) {
        Calibrator calibrator = method.create(50, 0.1);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 500; i++) {
            calibrator.learn(0.001 + 0.998 * random.nextDouble(), random.nextBoolean());
            double before = 0;
            for (double p = 0; p <= 1; p += 1.0 / 64) {
                double now = calibrator.calibrate(p);
                assertThat(now).isBetween(before - 1e-12, 1.0);
                before = now;
            }
        }
    }

    @Test
    void anIsotonicLineIsWhatPoolingByHandGives() {
        IsotonicCalibrator calibrator = new IsotonicCalibrator(1e12, 1e-9);
        learn(calibrator, 0.1, 2, 10);
        learn(calibrator, 0.3, 6, 10);
        learn(calibrator, 0.5, 3, 10);
        learn(calibrator, 0.8, 9, 10);

        assertThat(calibrator.calibrate(0.1)).isCloseTo(0.2, within(1e-6));
        assertThat(calibrator.calibrate(0.3)).as("pooled").isCloseTo(0.45, within(1e-6));
        assertThat(calibrator.calibrate(0.5)).as("pooled").isCloseTo(0.45, within(1e-6));
        assertThat(calibrator.calibrate(0.8)).isCloseTo(0.9, within(1e-6));
        assertThat(calibrator.calibrate(0.2)).as("between").isCloseTo(0.325, within(1e-6));
    }

    @Test
    void oldOutcomesAreForgotten() {
        IsotonicCalibrator calibrator = new IsotonicCalibrator(50, 0.01);
        learn(calibrator, 0.5, 200, 200);
        learn(calibrator, 0.5, 0, 1000);

        assertThat(calibrator.calibrate(0.5)).isLessThan(0.01);
    }

    private static void learn(Calibrator calibrator, double p, int happened, int of) {
        for (int i = 0; i < of; i++) {
            calibrator.learn(p, i < happened);
        }
    }

    @Test
    void reliabilityIsWhatCountingByHandGives() {
        Reliability reliability = new Reliability(1e12);
        assertThat(reliability.error()).isNaN();
        reliability.judge(0.25, true);
        reliability.judge(0.25, false);
        reliability.judge(0.75, true);
        reliability.judge(1, true);

        assertThat(reliability.judged()).isEqualTo(4);
        assertThat(reliability.error()).isCloseTo((0.5 + 0.25) / 4, within(1e-9));
        assertThat(reliability.bins()).hasSize(3);
        assertThat(reliability.bins().get(0).observed()).isCloseTo(0.5, within(1e-9));
        assertThat(reliability.bins().get(0).weight()).isCloseTo(2, within(1e-9));
        assertThat(reliability.bins().get(2).predicted()).isCloseTo(1, within(1e-9));
    }
}
