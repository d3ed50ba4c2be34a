// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static dev.kedge.operators.encoder.ResNet18.REDUCED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResNet18Test {
    private static final int SIDE = 32;
    private static final int ROWS = 4;
    private static final int WIDTH = 160;

    private final Layout.Builder builder = Layout.builder();
    private final ResNet18 encoder = new ResNet18(builder, REDUCED, 3, SIDE, SIDE, ROWS);
    private final Layout layout = builder.build();
    private final float[] parameters = new float[layout.size()];
    private final SplittableRandom random = new SplittableRandom(11);
    private final DenseBatch batch = new DenseBatch(ROWS, 3 * SIDE * SIDE, InputForm.BYTES);

    ResNet18Test() {
        encoder.initialise(parameters, RestorableRandom.seeded(7));
        for (int i = 0; i < ROWS; i++) {
            batch.into(i < 2 ? 0 : 1);
            byte[] image = new byte[3 * SIDE * SIDE];
            random.nextBytes(image);
            batch.add(image);
        }
    }

    @AfterEach
    void close() {
        encoder.close();
    }

    /** A weight for each tap of the stem, of 16 convolutions and 3 shortcuts, two a channel. */
    @Test
    void hasTheSizeThatItsSidesGive() {
        int statistics = encoder.statistics().stream().mapToInt(s -> s.end() - s.offset()).sum();

        assertThat(layout.size() - statistics).isEqualTo(1_093_140);
        assertThat(statistics).isEqualTo(2 * (20 + 4 * (20 + 40 + 80 + 160) + 40 + 80 + 160));
        assertThat(encoder.width()).isEqualTo(WIDTH);
    }

    @Test
    void embeddingsOfLargerImagesHaveFourWindows() {
        try (ResNet18 large = new ResNet18(Layout.builder(), REDUCED, 3, 64, 64, 1);
                ResNet18 larger = new ResNet18(Layout.builder(), REDUCED, 3, 84, 84, 1);
                ResNet18 full = new ResNet18(Layout.builder(), ResNet18.FULL, 3, 32, 32, 1);
                ResNet18 grey = new ResNet18(Layout.builder(), REDUCED, 1, 28, 28, 1)) {
            assertThat(large.width()).isEqualTo(640);
            assertThat(larger.width()).isEqualTo(640);
            assertThat(full.width()).isEqualTo(512);
            assertThat(grey.width()).isEqualTo(160);
        }
    }

    @Test
    void imagesThatLeaveNoWindowAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResNet18(Layout.builder(), REDUCED, 3, 24, 32, 1))
                .withMessageContaining("24 x 32")
                .withMessageContaining("at least 25");
    }

    @Test
    void initialValuesAreThoseOfTheAuthorsProgram() {
        Slice stem = layout.slice("encoder/stem/weight");
        double bound = 1 / Math.sqrt(27);
        double largest = 0;
        for (int i = stem.offset(); i < stem.end(); i++) {
            largest = Math.max(largest, Math.abs(parameters[i]));
        }

        assertThat(largest).isBetween(0.95 * bound, bound);
        assertThat(parameters[layout.slice("encoder/stem/norm/weight").offset()]).isEqualTo(1);
        assertThat(parameters[layout.slice("encoder/stem/norm/running-variance").offset()])
                .isEqualTo(1);
    }

    @Test
    void answeringTreatsEachRowByItself() {
        float[] together = new float[ROWS * WIDTH];
        encoder.forward(parameters, batch, together);
        DenseBatch alone = new DenseBatch(1, 3 * SIDE * SIDE, InputForm.BYTES);
        alone.clear();
        byte[] image = new byte[3 * SIDE * SIDE];
        new SplittableRandom(11).nextBytes(image);
        alone.add(image);
        float[] one = new float[WIDTH];
        encoder.forward(parameters, alone, one);

        for (int k = 0; k < WIDTH; k++) {
            assertThat(one[k]).isCloseTo(together[k], within(1e-4f));
            assertThat(one[k]).isNotNegative();
        }
    }

    @Test
    void learningLeavesTheRunningStatisticsAloneUntilTheyFollow() {
        float[] before = parameters.clone();
        float[] unused = new float[ROWS * WIDTH];
        encoder.forwardToLearn(parameters, batch, unused);
        assertThat(parameters).isEqualTo(before);

        encoder.follow(parameters);

        for (Slice slice : layout.slices()) {
            boolean statistic = encoder.statistics().contains(slice);
            for (int i = slice.offset(); i < slice.end(); i++) {
                if (!statistic) {
                    assertThat(parameters[i]).isEqualTo(before[i]);
                }
            }
        }
        assertThat(parameters).isNotEqualTo(before);
    }

    /** Along random directions, which every parameter is part of, layer by layer. */
    @Test
    void gradientsAgreeWithCentralDifferences() {
        float[] pull = new float[ROWS * WIDTH];
        for (int i = 0; i < pull.length; i++) {
            pull[i] = (float) random.nextDouble(-1, 1);
        }
        float[] embeddings = new float[ROWS * WIDTH];
        encoder.forwardToLearn(parameters, batch, embeddings);
        float[] gradient = new float[layout.size()];
        encoder.backward(parameters, batch, pull.clone(), gradient);

        for (Slice slice : layout.slices()) {
            if (encoder.statistics().contains(slice)) {
                assertThat(norm(gradient, slice)).as(slice.name()).isZero();
            } else {
                checkAlongItsGradient(slice, pull, gradient);
            }
        }
    }

    /** A step along a slice's own gradient changes the loss by its square, times the step. */
    private void checkAlongItsGradient(Slice slice, float[] pull, float[] gradient) {
        double norm = norm(gradient, slice);
        assertThat(norm).as(slice.name()).isPositive();
        double length = 3e-4 * Math.max(0.1, norm(parameters, slice));
        double up = pulledAfter(slice, gradient, length / norm, pull);
        double down = pulledAfter(slice, gradient, -length / norm, pull);

        assertThat((up - down) / (2 * length))
                .as(slice.name())
                .isCloseTo(norm, within(0.05 * norm + 0.01));
    }

    private double pulledAfter(Slice slice, float[] gradient, double step, float[] pull) {
        float[] moved = parameters.clone();
        for (int i = slice.offset(); i < slice.end(); i++) {
            moved[i] += (float) (step * gradient[i]);
        }
        float[] embeddings = new float[ROWS * WIDTH];
        encoder.forwardToLearn(moved, batch, embeddings);
        double sum = 0;
        for (int i = 0; i < pull.length; i++) {
            sum += (double) pull[i] * embeddings[i];
        }
        return sum;
    }

    private static double norm(float[] values, Slice slice) {
        double sum = 0;
        for (int i = slice.offset(); i < slice.end(); i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    @Test
    void theSameBatchGivesTheSameBytes() {
        float[] first = new float[ROWS * WIDTH];
        float[] second = new float[ROWS * WIDTH];
        encoder.forwardToLearn(parameters, batch, first);
        float[] gradient = new float[layout.size()];
        encoder.backward(parameters, batch, first.clone(), gradient);
        encoder.forwardToLearn(parameters, batch, second);
        float[] again = new float[layout.size()];
        encoder.backward(parameters, batch, second.clone(), again);

        assertThat(second).isEqualTo(first);
        assertThat(again).isEqualTo(gradient);
    }
}
