// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void thereAreTenGroupsOfEvenSize() {
        SplittableRandom random = new SplittableRandom(83);
        Outcomes outcomes = RandomOutcomes.tied(random, 200, 0.3);
        Calibration calibration = Calibration.byDecile(outcomes, random.doubles(200).toArray(), 4);
        assertThat(calibration.groups()).hasSize(10).allMatch(group -> group.size() == 20);
        assertThat(calibration.groups())
                .isSortedAccordingTo((a, b) -> Double.compare(a.predicted(), b.predicted()));
    }

    @Test
    void equalPredictionsMakeOneGroup() {
        Outcomes outcomes =
                new Outcomes(new double[] {1, 2, 3, 4}, new boolean[] {true, true, false, true});
        double[] predicted = new double[4];
        Arrays.fill(predicted, 0.7);
        Calibration calibration = Calibration.byDecile(outcomes, predicted, 3.5);
        assertThat(calibration.groups()).hasSize(1);
        assertThat(calibration.groups().get(0).observed()).isCloseTo(0.5, within(1e-15));
        assertThat(calibration.expectedError()).isCloseTo(0.2, within(1e-15));
    }

    @Test
    void truePredictionsHaveASmallError() {
        SplittableRandom random = new SplittableRandom(89);
        double[] predicted = random.doubles(20_000, 0, 1).toArray();
        double[] times = new double[predicted.length];
        boolean[] events = new boolean[predicted.length];
        for (int i = 0; i < times.length; i++) {
            events[i] = random.nextDouble() < predicted[i];
            times[i] = events[i] ? 1 : 2;
        }
        Outcomes outcomes = new Outcomes(times, events);
        double[] inverted = Arrays.stream(predicted).map(p -> 1 - p).toArray();
        assertThat(Calibration.byDecile(outcomes, predicted, 1.5).expectedError()).isLessThan(0.02);
        assertThat(Calibration.byDecile(outcomes, inverted, 1.5).expectedError())
                .isGreaterThan(0.4);
    }

    @Test
    void ofNobodyTheErrorIsNotANumber() {
        Outcomes nobody = new Outcomes(new double[0], new boolean[0]);
        assertThat(Calibration.byDecile(nobody, new double[0], 1).expectedError()).isNaN();
    }
}
