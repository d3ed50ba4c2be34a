// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.testing.Gradients;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleDistillationTest {
    private static final int WIDTH = 3;
    private static final double TAU = 0.4;

    private final SplittableRandom random = new SplittableRandom(31);

    /** The definition, pair by pair. */
    private static double loss(double[] rows, int replayed, double[] taught, int samples) {
        double loss = 0;
        for (int i = 0; i < replayed; i++) {
            double[] student = new double[replayed];
            double[] teacher = new double[replayed];
            for (int j = 0; j < replayed; j++) {
                student[j] = j == i ? 0 : Math.exp(cosine(rows, i, rows, j) / TAU);
                teacher[j] =
                        j == i
                                ? 0
                                : Math.exp(cosine(taught, i % samples, taught, j % samples) / TAU);
            }
            double sum = Arrays.stream(student).sum();
            double taughtSum = Arrays.stream(teacher).sum();
            for (int j = 0; j < replayed; j++) {
                loss -= j == i ? 0 : teacher[j] / taughtSum * Math.log(student[j] / sum);
            }
        }
        return loss / replayed;
    }

    private static double cosine(double[] a, int i, double[] b, int j) {
        double dot = 0;
        double left = 0;
        double right = 0;
        for (int k = 0; k < WIDTH; k++) {
            dot += a[i * WIDTH + k] * b[j * WIDTH + k];
            left += a[i * WIDTH + k] * a[i * WIDTH + k];
            right += b[j * WIDTH + k] * b[j * WIDTH + k];
        }
        return dot / (Math.sqrt(left) + 1e-6) / (Math.sqrt(right) + 1e-6);
    }

    @Test
    void stepsOfAnyNumberOfRowsGiveTheDefinitionOneAfterAnother() {
        SampleDistillation distillation = new SampleDistillation(12, WIDTH, TAU);
        CosineGeometry geometry = new CosineGeometry(12, 1, WIDTH);
        for (int samples : new int[] {2, 6, 3, 1, 5}) {
            double[] rows = Gradients.numbers(random, 2 * samples * WIDTH);
            double[] taught = Gradients.numbers(random, samples * WIDTH);
            Teacher teacher = new Teacher(samples, 1, WIDTH);
            for (int i = 0; i < samples; i++) {
                teacher.add(new double[1], Arrays.copyOfRange(taught, i * WIDTH, (i + 1) * WIDTH));
            }
            geometry.forward(rows, 2 * samples, new double[WIDTH], 1);

            assertThat(distillation.evaluate(geometry, 2 * samples, teacher, 1))
                    .as("%d samples", samples)
                    .isCloseTo(loss(rows, 2 * samples, taught, samples), within(1e-9));
        }
    }
}
