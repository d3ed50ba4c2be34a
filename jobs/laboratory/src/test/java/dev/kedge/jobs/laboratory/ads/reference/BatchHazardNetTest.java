// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet.Fit;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet.Fitted;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet.Life;
import dev.kedge.jobs.laboratory.ads.reference.BatchHazardNet.Settings;
import dev.kedge.operators.ads.LaunchInputs.Input;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriods;
import dev.kedge.operators.ads.hazards.TwoTermLoss;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.testing.Differentiable;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.settings.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchHazardNetTest {
    private static final long DAY = 86_400_000L;
    private static final Intervals INTERVALS = new Intervals(List.of(0.0, 1.0, 2.0, 4.0), 2);
    private static final MultimodalEncoder.Settings ENCODER =
            new MultimodalEncoder.Settings(4, 2, 4, 2, 2, 0, Fusion.CONCATENATED, List.of(8));

    @Test
    void aLifeIsAtRiskInEachIntervalWhoseOutcomeIsKnownAndInTheOpenColumnOnceForEachStep() {
        LifeBatch batch = new LifeBatch(3, 0, INTERVALS);
        for (int row = 0; row < 3; row++) {
            batch.add(new int[0], new int[0], new float[0]);
        }
        // Stopped on its second day; seen to run for three days; stopped in the third step of two
        // days past the last cut.
        batch.life(0, DAY + 1, true);
        batch.life(1, 3 * DAY, false);
        batch.life(2, 9 * DAY, true);

        PersonPeriods periods = batch.periods();

        assertThat(periods.atRisk()).containsExactly(1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 3);
        assertThat(periods.labels()).containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1.0 / 3);
    }

    @Test
    void everyParameterAgreesWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(5);
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MultimodalEncoder encoder = new MultimodalEncoder(layout, ENCODER, 6, product);
            TwoTermLives objective =
                    new TwoTermLives(
                            layout,
                            encoder.width(),
                            INTERVALS.columns(),
                            new TwoTermLoss(2, 0.7, 1.3),
                            0.2,
                            6,
                            product);
            LifeBatch batch = new LifeBatch(6, 2, INTERVALS);
            for (int row = 0; row < 6; row++) {
                batch.add(new int[] {row % 4}, new int[] {3 - row % 4, 1}, new float[0]);
                batch.number(row, 0, (float) random.nextDouble(-1, 1));
                batch.number(row, 1, (float) random.nextDouble(-1, 1));
                batch.life(row, random.nextLong(9 * DAY), row % 3 != 0);
            }

            new Differentiable<LifeBatch>(layout.build(), encoder, objective, 6, random)
                    .check(batch);
        }
    }

    @Test
    void itFitsHazardsThatAreKnown() {
        SplittableRandom random = new SplittableRandom(1);
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int kind = random.nextInt(2);
            lives.add(live(kind, random));
        }
        try (BatchHazardNet net = new BatchHazardNet(ENCODER, INTERVALS, settings(true))) {
            Fitted fitted = net.fit(lives, 7);

            for (int kind = 0; kind < 2; kind++) {
                double[] hazards = net.hazards(fitted, input(kind));
                for (int k = 0; k < 4; k++) {
                    assertThat(hazards[k]).isCloseTo(hazard(kind, k), within(0.05));
                }
            }
            assertThat(fitted.epochs()).isPositive();
        }
    }

    @Test
    void theSameSeedGivesTheSameNetAndTheNewestLivesTellWhenToStop() {
        SplittableRandom random = new SplittableRandom(2);
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lives.add(live(i % 2, random));
        }
        try (BatchHazardNet net = new BatchHazardNet(ENCODER, INTERVALS, settings(false))) {
            float[] first = net.fit(lives, 7).parameters();
            assertThat(net.fit(lives, 7).parameters()).isEqualTo(first);
            assertThat(net.fit(lives, 8).parameters()).isNotEqualTo(first);

            // What happened in the held-out tenth reaches the net by the epoch alone.
            lives.set(59, new Life(input(0), 100 * DAY, true));
            Fitted other = net.fit(lives, 7);
            assertThat(other.scale())
                    .usingRecursiveComparison()
                    .isEqualTo(net.fit(lives, 9).scale());
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> Schema.checked(new Fit(0, 0, 8, 1, 1, 0.1, true)))
                .hasMessageContaining("rate: 0.0 is not allowed");
        assertThatThrownBy(() -> Schema.checked(new Fit(0.1, 0, 8, 1, 1, 1, true)))
                .hasMessageContaining("held-out: 1.0 is not allowed");
        try (BatchHazardNet net = new BatchHazardNet(ENCODER, INTERVALS, settings(true))) {
            List<Life> one = List.of(new Life(input(0), DAY, true));
            assertThatThrownBy(() -> net.fit(one, 1)).hasMessageContaining("at least two lives");
        }
    }

    private static Settings settings(boolean again) {
        return new Settings(new Fit(0.003, 0, 64, 40, 4, 0.1, again), 1, 1, 0.1);
    }

    private static double hazard(int kind, int interval) {
        return kind == 0 ? 0.1 : 0.5 - 0.1 * interval;
    }

    private static Input input(int kind) {
        return new Input(new int[0], new int[] {kind}, new float[0], new float[] {kind, 3});
    }

    private static Life live(int kind, SplittableRandom random) {
        for (int interval = 0; interval < 8; interval++) {
            if (random.nextDouble() < hazard(kind, Math.min(3, interval))) {
                return new Life(input(kind), INTERVALS.start(interval) + 1, true);
            }
        }
        return new Life(input(kind), INTERVALS.start(8), false);
    }
}
