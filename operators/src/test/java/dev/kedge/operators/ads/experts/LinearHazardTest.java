// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearHazardTest {
    private static final int COLUMNS = 5;
    private static final double BASE = 0.05;
    private static final EffectTable.Key NOBODY = new EffectTable.Key(0, 0);

    private final LinearInputs inputs = new LinearInputs();

    private static LinearHazard linear(double rate) {
        return new LinearHazard(COLUMNS, 1 << 12, rate, BASE);
    }

    @Test
    void beforeItLearnedEveryColumnHasTheBaseHazard() {
        double[] logits = new double[COLUMNS];
        inputs.begin(new int[] {3, 7}, new EffectTable.Key(11, 13));
        inputs.number(2, 1.5);

        linear(0.1).logits(inputs, logits, 0, 0, COLUMNS);

        for (double logit : logits) {
            assertThat(Odds.sigmoid(logit)).isCloseTo(BASE, within(1e-12));
        }
    }

    /**
     * A text of one word has one weight. With hazard 0.05 and a stop the gradient is -0.95, so that
     * {@code n = 0.9025}, {@code z = -0.95}, and the weight is {@code 0.95 / ((1 + 0.95) / 0.1 +
     * 1)}; the intercept of its column steps by {@code 0.3 * 0.95 / 1.95}.
     */
    @Test
    void theFirstStepIsThatOfTheAlgorithm() {
        LinearHazard linear = linear(0.1);
        inputs.begin(new int[0], NOBODY);
        inputs.text(new int[] {5});
        linear.learn(inputs, 2, true, 1);

        double weight = 0.95 / (1.95 / 0.1 + 1);
        double base = Odds.logit(BASE);
        assertThat(linear.logit(inputs, 0)).isCloseTo(base + weight, within(1e-6));
        assertThat(linear.logit(inputs, 2))
                .isCloseTo(base + weight + 0.3 * 0.95 / 1.95, within(1e-6));
    }

    /** The steps of all weights together go down the log-loss, as small steps along a gradient. */
    @Test
    void aStepLowersTheLossByItsGradientTimesTheStep() {
        LinearHazard linear = linear(1e-5);
        inputs.begin(new int[] {1, 2, 3}, new EffectTable.Key(11, 13));
        inputs.number(0, -2);
        inputs.number(1, 0.5);
        inputs.text(new int[] {5, 6, 7, 8});
        double before = linear.logit(inputs, 1);
        linear.learn(inputs, 1, true, 1);
        double intercept = 0.3 * 0.95 / 1.95;

        // advertiser, campaign, two categories and their crosses, two numbers: each shared and by
        // age, the advertiser by column, too; four words of value 1/2.
        double[] values = {1, 1, 1, 1, 1, 1, -2, 0.5};
        double moved = 0;
        for (double value : values) {
            moved += 2 * step(value);
        }
        moved += step(1) + 4 * step(0.5);
        assertThat(linear.logit(inputs, 1) - before - intercept).isCloseTo(moved, within(1e-8));
    }

    /** What an input of a value adds to the log odds after a first step with a tiny rate. */
    private static double step(double value) {
        double gradient = -0.95 * value;
        return -gradient / ((1 + Math.abs(gradient)) / 1e-5 + 1) * value;
    }

    @Test
    void aSurvivalWithHalfTheWeightPullsHalfAsMuch() {
        LinearHazard whole = linear(1e-6);
        LinearHazard half = linear(1e-6);
        inputs.begin(new int[] {1}, NOBODY);
        whole.learn(inputs, 0, false, 1);
        half.learn(inputs, 0, false, 0.5);

        double base = Odds.logit(BASE);
        double ofWhole = whole.logit(inputs, 3) - base;
        double ofHalf = half.logit(inputs, 3) - base;
        assertThat(ofHalf / ofWhole).isCloseTo(0.5 * 1.05 / 1.025, within(1e-4));
    }

    @Test
    void aCrossTellsWhatNeitherAdvertiserNorCategoryTells() {
        LinearHazard linear = linear(0.1);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            int advertiser = 1 + random.nextInt(2);
            int category = random.nextInt(2);
            boolean stop = random.nextDouble() < ((advertiser + category) % 2 == 0 ? 0.3 : 0.02);
            show(advertiser, category);
            linear.learn(inputs, 1, stop, 1);
        }

        show(1, 1);
        double often = Odds.sigmoid(linear.logit(inputs, 1));
        show(2, 1);
        double seldom = Odds.sigmoid(linear.logit(inputs, 1));
        assertThat(often).isBetween(0.2, 0.4);
        assertThat(seldom).isBetween(0.005, 0.05);
    }

    private void show(int advertiser, int category) {
        inputs.begin(new int[] {90 + advertiser, category}, new EffectTable.Key(advertiser, 0));
    }

    @Test
    void anAdvertiserMayStopOnACertainDay() {
        LinearHazard linear = linear(0.1);
        for (int i = 0; i < 3_000; i++) {
            show(1 + i % 2, 0);
            boolean scheduled = i % 2 == 0;
            for (int k = 0; k < 4; k++) {
                boolean stop = scheduled && k == 3;
                linear.learn(inputs, k, stop, 1);
            }
        }

        show(1, 0);
        assertThat(Odds.sigmoid(linear.logit(inputs, 3))).isGreaterThan(0.9);
        assertThat(Odds.sigmoid(linear.logit(inputs, 2))).isLessThan(0.1);
        show(2, 0);
        assertThat(Odds.sigmoid(linear.logit(inputs, 3))).isLessThan(0.1);
    }

    @Test
    void allColumnsAtOnceAreWhatEachIsAlone() {
        LinearHazard linear = linear(0.1);
        for (int k = 0; k < COLUMNS; k++) {
            show(1 + k % 2, k);
            inputs.number(3, 0.25 * k);
            linear.learn(inputs, k, k % 2 == 0, 1);
        }
        double[] logits = new double[COLUMNS + 1];

        linear.logits(inputs, logits, 1, 0, COLUMNS);

        for (int k = 0; k < COLUMNS; k++) {
            assertThat(logits[1 + k]).isEqualTo(linear.logit(inputs, k));
        }
    }
}
