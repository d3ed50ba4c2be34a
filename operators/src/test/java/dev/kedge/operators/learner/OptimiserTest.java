// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.state.settings.Schema;
import org.junit.jupiter.api.Test;

class OptimiserTest {
    @Test
    void sgdMovesAgainstTheGradient() {
        float[] p = {1, 2};
        new Sgd(0.5).step(p, new float[] {2, -4}, new float[0][], 1);
        assertThat(p).containsExactly(0, 4);
    }

    @Test
    void theFirstStepOfAdamIsTheRateWhateverTheGradient() {
        float[] p = {1, 1};
        new Adam(0.1).step(p, new float[] {5, -0.001f}, new float[2][2], 1);
        assertThat((double) p[0]).isCloseTo(0.9, within(1e-5));
        assertThat((double) p[1]).isCloseTo(1.1, within(1e-5));
    }

    @Test
    void adamFollowsItsEquationsOverThreeSteps() {
        float[] p = {1};
        float[][] slots = new float[2][1];
        double m = 0;
        double v = 0;
        double expected = 1;
        double[] gradients = {0.3, -0.7, 0.2};
        for (int t = 1; t <= 3; t++) {
            double g = gradients[t - 1];
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            expected -=
                    0.01
                            * (m / (1 - Math.pow(0.9, t)))
                            / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
            new Adam(0.01).step(p, new float[] {(float) g}, slots, t);
        }
        assertThat((double) p[0]).isCloseTo(expected, within(1e-6));
    }

    @Test
    void momentumKeepsPartOfTheVelocityAndDecayPullsToZero() {
        float[] p = {1, 2};
        float[][] slots = new float[1][2];
        MomentumSgd sgd = new MomentumSgd(0.5, 0.9, 0.1);
        sgd.step(p, new float[] {1, 0}, slots, 1);
        assertThat(p).containsExactly(new float[] {0.45f, 1.9f}, within(1e-6f));
        sgd.step(p, new float[] {0, 0}, slots, 2);
        assertThat(p)
                .containsExactly(
                        new float[] {
                            0.45f - 0.5f * (0.9f * 1.1f + 0.045f), 1.9f - 0.5f * (0.18f + 0.19f)
                        },
                        within(1e-6f));
    }

    @Test
    void adagradSlowsDownWithWhatItHasSeen() {
        float[] p = {0};
        float[][] slots = new float[1][1];
        new Adagrad(1, 0).step(p, new float[] {3}, slots, 1);
        assertThat(p[0]).isEqualTo(-1);
        new Adagrad(1, 0).step(p, new float[] {4}, slots, 2);
        assertThat((double) p[0]).isCloseTo(-1 - 4.0 / 5, within(1e-6));
    }

    @Test
    void aGradientLongerThanTheLimitKeepsItsDirectionAlone() {
        Optimiser clipped =
                Schema.with(OptimiserSettings.of(OptimiserName.SGD, 1), "clip", 2.5).make();
        float[] tooLong = {0, 0};
        float[] short_ = {0, 0};

        clipped.step(tooLong, new float[] {3, -4}, new float[0][], 1);
        clipped.step(short_, new float[] {1.5f, -2}, new float[0][], 1);

        assertThat(tooLong).containsExactly(new float[] {-1.5f, 2}, within(1e-6f));
        assertThat(short_).containsExactly(-1.5f, 2);
    }

    @Test
    void aClippedOptimiserHasTheSlotsAndTheRateOfItsBaseAtAnyRate() {
        OptimiserSettings adam =
                Schema.with(OptimiserSettings.of(OptimiserName.ADAM, 0.1), "clip", 1.0);
        Optimiser clipped = adam.make().withRate(0.2);
        float[] p = {1};

        clipped.step(p, new float[] {1000}, new float[2][1], 1);

        assertThat(clipped.slots()).isEqualTo(2);
        assertThat(clipped.rate()).isEqualTo(0.2);
        assertThat((double) p[0]).isCloseTo(0.8, within(1e-5));
    }
}
