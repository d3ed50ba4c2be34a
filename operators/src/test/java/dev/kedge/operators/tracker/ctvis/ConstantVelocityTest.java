// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConstantVelocityTest {
    private static final double HEIGHT = 40;

    @Test
    void whatKeepsItsVelocityIsExpectedWhereItGoes() {
        ConstantVelocity instance = ConstantVelocity.of(7, 0, box(0));
        for (int frame = 1; frame <= 30; frame++) {
            instance.see(frame, box(frame));
        }

        assertThat(instance.overlap(31, box(31))).isGreaterThan(0.99);
        assertThat(instance.overlap(50, box(50))).isGreaterThan(0.95);
        assertThat(instance.distance(31, box(31))).isLessThan(0.01);
        assertThat(instance.overlap(31, box(60))).isZero();
        assertThat(instance.distance(31, box(60))).isGreaterThan(100);
    }

    @Test
    void aPlaceIsLessSureTheLongerNobodyWasSeen() {
        ConstantVelocity instance = ConstantVelocity.of(7, 0, box(0));

        assertThat(instance.distance(10, box(3))).isLessThan(instance.distance(1, box(3)));
    }

    /** The textbook's matrices, frame by frame, against gaps that are predicted at once. */
    @Test
    void aGapIsPredictedAsFrameByFrame() {
        SplittableRandom random = new SplittableRandom(3);
        ConstantVelocity instance = ConstantVelocity.of(1, 0, box(0));
        Textbook textbook = new Textbook(10, HEIGHT);
        long frame = 0;
        for (int sighting = 0; sighting < 20; sighting++) {
            int gap = 1 + random.nextInt(12);
            frame += gap;
            double x = 10 + 2.5 * frame + random.nextDouble() * 4;
            Box seen = Box.ofSides(x - 10, 5, 20, HEIGHT);
            for (int step = 0; step < gap; step++) {
                textbook.predict();
            }

            assertThat(instance.distance(frame, seen))
                    .isCloseTo(textbook.distance(x), within(1e-9));
            instance.see(frame, seen);
            textbook.update(x);
        }
    }

    @Test
    void itGoesOnAsTheSameAfterItWasReadBack() {
        ConstantVelocity instance = ConstantVelocity.of(9, 3, box(3));
        instance.see(5, box(5));
        ConstantVelocity again = ConstantVelocity.fromBytes(instance.toBytes());
        instance.see(8, box(9));
        again.see(8, box(9));

        assertThat(again.id()).isEqualTo(9);
        assertThat(again.toBytes()).isEqualTo(instance.toBytes());
    }

    private static Box box(double frame) {
        return Box.ofSides(3 * frame, 5, 20, HEIGHT);
    }

    /** Kalman's equations for one coordinate, with F = [[1, 1], [0, 1]] and H = [1, 0]. */
    private static final class Textbook {
        private final double place;
        private final double turn;
        private final double[] mean;
        private final double[][] covariance;

        Textbook(double x, double height) {
            place = Math.pow(height / 20, 2);
            turn = Math.pow(height / 160, 2);
            mean = new double[] {x, 0};
            covariance = new double[][] {{4 * place, 0}, {0, 100 * turn}};
        }

        void predict() {
            mean[0] += mean[1];
            double[][] p = covariance;
            double xx = p[0][0] + p[0][1] + p[1][0] + p[1][1] + place;
            double xv = p[0][1] + p[1][1];
            double vv = p[1][1] + turn;
            covariance[0] = new double[] {xx, xv};
            covariance[1] = new double[] {xv, vv};
        }

        double distance(double x) {
            return Math.pow(x - mean[0], 2) / (covariance[0][0] + place);
        }

        void update(double x) {
            double sum = covariance[0][0] + place;
            double[] gain = {covariance[0][0] / sum, covariance[1][0] / sum};
            double off = x - mean[0];
            double[] first = covariance[0].clone();
            for (int i = 0; i < 2; i++) {
                mean[i] += gain[i] * off;
                for (int j = 0; j < 2; j++) {
                    covariance[i][j] -= gain[i] * first[j];
                }
            }
        }
    }
}
