// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Losses of the baselines. */
class BaselineLossTest {
    private static final int CLASSES = 3;
    private static final boolean[] ALL = {true, true, true};

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void evenLogitsCostTheLogarithmOfTheClasses() {
        double[] gradient = new double[CLASSES];
        double loss =
                CrossEntropy.evaluate(
                        new double[CLASSES], new int[] {1}, 0, 1, CLASSES, ALL, 1, gradient);

        assertThat(loss).isCloseTo(Math.log(3), within(1e-12));
        assertThat(gradient)
                .containsExactly(new double[] {1 / 3.0, -2 / 3.0, 1 / 3.0}, within(1e-12));
    }

    @Test
    void classesThatAreNotAllowedHaveNoPartInTheSoftmax() {
        double[] gradient = new double[CLASSES];
        double loss =
                CrossEntropy.evaluate(
                        new double[] {0, 0, 50},
                        new int[] {1},
                        0,
                        1,
                        CLASSES,
                        new boolean[] {true, true, false},
                        1,
                        gradient);

        assertThat(loss).isCloseTo(Math.log(2), within(1e-12));
        assertThat(gradient[2]).isZero();
    }

    @Test
    void theLabelsTrickAllowsTheClassesOfTheRowsAndForgetsThoseBefore() {
        boolean[] present = {true, true, true, true};
        CrossEntropy.allowPresent(new int[] {0, 3, 1, 3, 2}, 1, 4, present);

        assertThat(present).containsExactly(false, true, false, true);
    }

    @Test
    void crossEntropyAgreesWithCentralDifferences() {
        double[] logits = Gradients.numbers(random, 4 * CLASSES);
        double[] gradient = new double[logits.length];
        crossEntropy(logits, gradient);

        Gradients.assertGradient(
                gradient, moved -> crossEntropy(moved, new double[moved.length]), logits);
    }

    @Test
    void logitMatchingAgreesWithCentralDifferences() {
        double[] logits = Gradients.numbers(random, 4 * CLASSES);
        double[] gradient = new double[logits.length];
        matching(logits, gradient);

        Gradients.assertGradient(
                gradient, moved -> matching(moved, new double[moved.length]), logits);
    }

    @Test
    void logitMatchingIsTheMeanSquareOverWhatTheTeacherKnew() {
        Teacher teacher = new Teacher(2, CLASSES, 0);
        teacher.add(new double[] {1}, new double[0]);
        teacher.add(new double[] {0, 0, 2}, new double[0]);
        double[] logits = {3, 9, 9, 0, 0, 1};

        assertThat(LogitMatching.evaluate(logits, 0, 2, CLASSES, teacher, 1, new double[6]))
                .isCloseTo((4 + 1) / 4.0, within(1e-12));
    }

    @Test
    void supervisedContrastAgreesWithCentralDifferences() {
        int[] labels = {0, 1, 0, 2, 1, 0};
        double[] rows = Gradients.numbers(random, labels.length * 3);
        double[] gradient = new double[rows.length];
        contrast(rows, labels, gradient);

        Gradients.assertGradient(
                gradient, moved -> contrast(moved, labels, new double[moved.length]), rows);
    }

    private static double crossEntropy(double[] logits, double[] gradient) {
        return CrossEntropy.evaluate(
                logits, new int[] {0, 2, 1, 1}, 1, 4, CLASSES, ALL, 1, gradient);
    }

    private static double matching(double[] logits, double[] gradient) {
        SplittableRandom numbers = new SplittableRandom(2);
        Teacher teacher = new Teacher(2, CLASSES, 0);
        teacher.add(Gradients.numbers(numbers, 2), new double[0]);
        teacher.add(Gradients.numbers(numbers, 3), new double[0]);
        return LogitMatching.evaluate(logits, 0, 4, CLASSES, teacher, 1, gradient);
    }

    private static double contrast(double[] rows, int[] labels, double[] gradient) {
        UnitRows units = new UnitRows(labels.length, 3, UnitRows.Guard.FLOOR);
        units.normalise(rows, labels.length);
        double[] unitGradient = new double[rows.length];
        double[] temperatures = new double[CLASSES];
        Arrays.fill(temperatures, 0.4);
        double loss =
                new SupervisedContrastiveLoss(labels.length, 3, false)
                        .evaluate(
                                units.units(),
                                labels,
                                labels.length,
                                labels.length,
                                temperatures,
                                1,
                                unitGradient);
        units.backward(unitGradient, labels.length, gradient);
        return loss;
    }
}
