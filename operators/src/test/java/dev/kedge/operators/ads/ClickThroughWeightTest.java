// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.ClickThroughWeight.Mode;
import dev.kedge.operators.ads.ClickThroughWeight.Settings;
import dev.kedge.state.settings.Schema;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClickThroughWeightTest {
    private final SplittableRandom random = new SplittableRandom(47);
    private final ClickThroughWeight weight = new ClickThroughWeight(Settings.DEFAULT);

    private double next(ClickThroughWeight of) {
        double impressions = random.nextInt(200, 20_000);
        double clicks = Math.floor(impressions * random.nextDouble(0.005, 0.02));
        of.observe(impressions, clicks);
        return of.weigh(impressions, clicks);
    }

    @Test
    void withNoDataTheWeightIsOneAndNothingIsLearned() {
        assertThat(weight.weigh(0, 0)).isEqualTo(1);
        assertThat(weight.state()).isEqualTo(ClickThroughWeight.State.EMPTY);
    }

    @Test
    void withoutClicksAnywhereTheWeightIsOne() {
        weight.observe(1000, 0);
        assertThat(weight.weigh(1000, 0)).isEqualTo(1);
    }

    @Test
    void theAverageWeightOfAStreamIsOne() {
        double sum = 0;
        for (int i = 0; i < 5000; i++) {
            sum += next(weight);
        }
        assertThat(sum / 5000).isCloseTo(1, within(0.02));
    }

    @Test
    void aCreativeWithoutImpressionsHasThePooledRate() {
        next(weight);
        next(weight);
        assertThat(weight.rate(0, 0)).isCloseTo(weight.state().pooledRate(), within(1e-15));
    }

    @Test
    void aRestoredStateGoesOnAlike() {
        next(weight);
        next(weight);
        ClickThroughWeight restored = new ClickThroughWeight(Settings.DEFAULT, weight.state());
        restored.observe(300, 9);
        weight.observe(300, 9);
        assertThat(restored.weigh(300, 9)).isEqualTo(weight.weigh(300, 9));
        assertThat(restored.state()).isEqualTo(weight.state());
    }

    @Test
    void lookingLearnsNothing() {
        next(weight);
        ClickThroughWeight.State before = weight.state();
        assertThat(weight.weight(500, 400)).isGreaterThan(1);
        assertThat(weight.state()).isEqualTo(before);
    }

    @Test
    void weightsAreClipped() {
        double[] impressions = {100_000, 100_000, 100_000, 100_000, 100_000};
        WeighedBatch batch =
                WeighedBatch.of(
                        new Settings(Mode.SMOOTHED, 100, 0.5, 2),
                        impressions,
                        new double[] {1, 1, 1, 1, 1000});
        assertThat(batch.weights()).containsExactly(0.5, 0.5, 0.5, 0.5, 2);
    }

    @Test
    void theRawRateIsNotSmoothed() {
        WeighedBatch batch =
                WeighedBatch.of(
                        new Settings(Mode.RAW, 100, 0.1, 10),
                        new double[] {10, 10, 0},
                        new double[] {1, 3, 0});
        assertThat(batch.rates()).containsExactly(0.1, 0.3, 0.2);
        assertThat(batch.weights()).containsExactly(new double[] {0.5, 1.5, 1}, within(1e-12));
    }

    @Test
    void withoutAModeAllWeightsAreOne() {
        ClickThroughWeight none = new ClickThroughWeight(new Settings(Mode.NONE, 100, 0.1, 10));
        for (int i = 0; i < 20; i++) {
            assertThat(next(none)).isEqualTo(1);
        }
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schema.checked(new Settings(Mode.SMOOTHED, -1, 0.1, 10)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(Mode.SMOOTHED, 100, 2, 1));
    }
}
