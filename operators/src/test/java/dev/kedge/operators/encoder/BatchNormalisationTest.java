// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.parameters.Layout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against the sums that define batch normalisation, in double precision. */
class BatchNormalisationTest {
    private static final int CHANNELS = 2;
    private static final int PLANE = 6;
    private static final int ROWS = 5;
    private static final int SIZE = ROWS * CHANNELS * PLANE;

    /** Rows 1 and 3 are normalised apart from the others. */
    private static final int[] GROUPS = {1, 0, 1, 0, 1};

    private final SplittableRandom random = new SplittableRandom(5);
    private final Layout.Builder builder = Layout.builder();
    private final BatchNormalisation norm =
            new BatchNormalisation(builder, "norm", CHANNELS, PLANE);
    private final Layout layout = builder.build();
    private final float[] parameters = new float[layout.size()];
    private final float[] x = numbers();
    private final float[] residual = numbers();
    private final Grouped batch = new Grouped();

    private static final class Grouped implements Batch {
        @Override
        public int rows() {
            return ROWS;
        }

        @Override
        public int group(int row) {
            return GROUPS[row];
        }

        @Override
        public int groups() {
            return 2;
        }
    }

    BatchNormalisationTest() {
        norm.initialise(parameters);
        for (String name : new String[] {"weight", "bias"}) {
            for (int c = 0; c < CHANNELS; c++) {
                parameters[layout.slice("norm/" + name).offset() + c] +=
                        (float) random.nextDouble(-0.5, 0.5);
            }
        }
    }

    private float[] numbers() {
        float[] numbers = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            numbers[i] = (float) random.nextDouble(-2, 3);
        }
        return numbers;
    }

    private double parameter(String name, int c) {
        return parameters[layout.slice("norm/" + name).offset() + c];
    }

    private static int channel(int i) {
        return i / PLANE % CHANNELS;
    }

    private static int group(int i) {
        return GROUPS[i / (PLANE * CHANNELS)];
    }

    private static boolean together(int i, int j) {
        return channel(i) == channel(j) && group(i) == group(j);
    }

    private static double mean(float[] of, int like) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < SIZE; i++) {
            if (together(i, like)) {
                sum += of[i];
                n++;
            }
        }
        return sum / n;
    }

    private static double squares(float[] of, int like) {
        double mean = mean(of, like);
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += together(i, like) ? Math.pow(of[i] - mean, 2) : 0;
        }
        return sum;
    }

    private static int count(int like) {
        return (group(like) == 0 ? 2 : 3) * PLANE;
    }

    private double normalised(float[] of, int i) {
        double deviation = Math.sqrt(squares(of, i) / count(i) + 1e-5);
        return parameter("weight", channel(i)) * (of[i] - mean(of, i)) / deviation
                + parameter("bias", channel(i));
    }

    @Test
    void learningNormalisesEachGroupByItsOwnMeanAndVariance() {
        float[] y = new float[SIZE];
        norm.forwardToLearn(parameters, x, batch, BatchNormalisation.NONE, false, y);

        for (int i = 0; i < SIZE; i++) {
            assertThat((double) y[i]).isCloseTo(normalised(x, i), within(1e-5));
        }
    }

    @Test
    void aResidualIsAddedBeforeTheRectifier() {
        float[] y = new float[SIZE];
        norm.forwardToLearn(parameters, x, batch, residual, true, y);

        for (int i = 0; i < SIZE; i++) {
            double expected = Math.max(0, normalised(x, i) + residual[i]);
            assertThat((double) y[i]).isCloseTo(expected, within(1e-5));
        }
        assertThat(y).contains(0);
    }

    @Test
    void runningStatisticsFollowGroupAfterGroupWithTheUnbiasedVariance() {
        norm.forwardToLearn(parameters, x, batch, BatchNormalisation.NONE, true, new float[SIZE]);
        assertThat(parameter("running-mean", 0)).isZero();
        norm.follow(parameters);

        for (int c = 0; c < CHANNELS; c++) {
            int first = (CHANNELS + c) * PLANE;
            int second = c * PLANE;
            double mean = 0.9 * 0.1 * mean(x, first) + 0.1 * mean(x, second);
            double variance =
                    0.9 * (0.9 + 0.1 * squares(x, first) / (2 * PLANE - 1))
                            + 0.1 * squares(x, second) / (3 * PLANE - 1);
            assertThat(parameter("running-mean", c)).isCloseTo(mean, within(1e-6));
            assertThat(parameter("running-variance", c)).isCloseTo(variance, within(1e-6));
        }
    }

    @Test
    void answeringUsesTheRunningStatisticsAndTreatsEachRowByItself() {
        float[] unused = new float[SIZE];
        norm.forwardToLearn(parameters, x, batch, BatchNormalisation.NONE, true, unused);
        norm.follow(parameters);
        float[] all = new float[SIZE];
        norm.forward(parameters, x, ROWS, BatchNormalisation.NONE, false, all);
        float[] one = new float[SIZE];
        norm.forward(parameters, x, 1, BatchNormalisation.NONE, false, one);

        for (int i = 0; i < SIZE; i++) {
            int c = channel(i);
            double deviation = Math.sqrt(parameter("running-variance", c) + 1e-5);
            double expected =
                    parameter("weight", c) * (x[i] - parameter("running-mean", c)) / deviation
                            + parameter("bias", c);
            assertThat((double) all[i]).isCloseTo(expected, within(1e-5));
        }
        assertThat(one).startsWith(all[0], all[1], all[2]);
    }

    @Test
    void gradientsAgreeWithCentralDifferences() {
        float[] pull = numbers();
        float[] y = new float[SIZE];
        norm.forwardToLearn(parameters, x, batch, residual, true, y);
        float[] dy = pull.clone();
        float[] dx = new float[SIZE];
        float[] gradient = new float[layout.size()];
        norm.backward(parameters, x, y, dy, dx, gradient);

        for (int i = 0; i < SIZE; i++) {
            assertThat((double) dx[i]).isCloseTo(slope(x, i, pull), within(2e-3));
            assertThat((double) dy[i]).isCloseTo(slope(residual, i, pull), within(2e-3));
        }
        for (int p = 0; p < 2 * CHANNELS; p++) {
            assertThat((double) gradient[p]).isCloseTo(slope(parameters, p, pull), within(5e-3));
        }
        assertThat(gradient)
                .as("statistics have none")
                .endsWith(new float[2 * CHANNELS])
                .isNotEqualTo(new float[layout.size()]);
    }

    /** Change of {@code pull . y} with one number, in double precision. */
    private double slope(float[] of, int i, float[] pull) {
        float before = of[i];
        float step = 1e-3f;
        of[i] = before + step;
        double up = pulled(pull);
        double width = of[i];
        of[i] = before - step;
        double down = pulled(pull);
        width -= of[i];
        of[i] = before;
        return (up - down) / width;
    }

    private double pulled(float[] pull) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += pull[i] * Math.max(0, normalised(x, i) + residual[i]);
        }
        return sum;
    }
}
