// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import dev.kedge.operators.ads.DiscontinuationSettings.Heads;
import dev.kedge.operators.ads.DiscontinuationSettings.TermFactors;
import dev.kedge.operators.ads.PendingPeriods.PersonPeriod;
import dev.kedge.operators.ads.hazards.HazardObjective;
import dev.kedge.operators.ads.hazards.Intervals;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.learner.Learner;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.testing.Differentiable;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip;
import dev.kedge.operators.tracker.ctvis.CtvisObjective;
import dev.kedge.state.parameters.Layout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole chain from tables through the layers to both heads, against central differences. */
class LearnerGradientTest {
    private static final int NUMBERS = 3;

    @ParameterizedTest
    @CsvSource({
        "CONCATENATED, TWO_TERM, 1, '', FIXED",
        "GATED, TWO_TERM, 1, '', FIXED",
        "CONCATENATED, SINGLE, 1, '', FIXED",
        "CONCATENATED, TWO_TERM, 3, '', FIXED",
        "GATED, SINGLE, 2, '', FIXED",
        "CONCATENATED, TWO_TERM, 1, 3, FIXED",
        "GATED, TWO_TERM, 2, 5 3, FIXED",
        "CONCATENATED, SINGLE, 1, 5 3, FIXED",
        "GATED, TWO_TERM, 1, '', LEARNED",
        "CONCATENATED, TWO_TERM, 2, 3, LEARNED"
    })
    void everyParameterAgreesWithCentralDifferences(
            Fusion fusion, Heads heads, int causes, String layers, TermFactors factors) {
        SplittableRandom random = new SplittableRandom(11);
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MultimodalEncoder encoder =
                    new MultimodalEncoder(
                            layout,
                            new MultimodalEncoder.Settings(
                                    5, 3, 4, 2, NUMBERS, 2, fusion, List.of(6, 4)),
                            8,
                            product);
            DiscontinuationSettings.Learning learning = learning(heads, widths(layers), factors);
            HazardObjective objective =
                    objective(layout, encoder.width(), learning, causes, product);
            Differentiable<PersonPeriodBatch> learner =
                    new Differentiable<>(layout.build(), encoder, objective, 8, random);

            learner.check(batch(8, causes, random));
        }
    }

    private static List<Integer> widths(String layers) {
        return Arrays.stream(layers.split(" "))
                .filter(width -> !width.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static DiscontinuationSettings.Learning learning(
            Heads heads, List<Integer> layers, TermFactors factors) {
        return new DiscontinuationSettings.Learning(
                DiscontinuationSettings.OptimiserName.SGD,
                0.1,
                8,
                Duration.ofDays(1),
                0.7,
                1.3,
                0.2,
                RateSchedule.CONSTANT,
                heads,
                layers,
                factors);
    }

    private static HazardObjective objective(
            Layout.Builder layout,
            int width,
            DiscontinuationSettings.Learning learning,
            int causes,
            MatrixProduct product) {
        Intervals intervals = new Intervals(List.of(0.0, 1.0, 2.0, 4.0, 8.0), 2);
        return learning.heads() == Heads.SINGLE
                ? new SingleHazard(layout, width, intervals, learning, causes, 8, product)
                : new TwoTermHazard(layout, width, intervals, learning, causes, 8, product);
    }

    @Test
    void bothObjectivesOverOneEncoderAgreeWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(12);
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MultimodalEncoder encoder =
                    new MultimodalEncoder(
                            layout,
                            new MultimodalEncoder.Settings(
                                    5, 3, 4, 2, NUMBERS, 2, Fusion.CONCATENATED, List.of(6, 4)),
                            14,
                            product);
            TwoTermHazard hazard =
                    new TwoTermHazard(
                            layout,
                            encoder.width(),
                            new Intervals(List.of(0.0, 1.0, 2.0, 4.0, 8.0), 2),
                            DiscontinuationSettings.Learning.DEFAULT,
                            1,
                            14,
                            product);
            CtvisObjective likeness =
                    new CtvisObjective(
                            layout, encoder.width(), 3, ContrastiveClip.Settings.REFERENCE);
            Differentiable<PersonPeriodBatch> learner =
                    new Differentiable<>(
                            layout.build(),
                            encoder,
                            List.of(
                                    new Learner.Weighted<PersonPeriodBatch>(hazard, 1),
                                    new Learner.Weighted<PersonPeriodBatch>(likeness, 0.1)),
                            14,
                            random);
            PersonPeriodBatch batch = batch(14, 1, random);
            addClip(batch, random);

            learner.check(batch);
        }
    }

    /** Two creatives in three frames, against one that is in the bank. */
    private static void addClip(PersonPeriodBatch batch, SplittableRandom random) {
        batch.clip().begin(2);
        for (int frame = 0; frame < 3; frame++) {
            batch.clip().plan().addFrame(2);
            for (int i = 0; i < 2; i++) {
                int row = batch.add(new int[] {i, i + 1 + frame}, new int[] {i}, new float[0]);
                for (int j = 0; j < NUMBERS; j++) {
                    batch.number(row, j, (float) random.nextDouble(-1, 1));
                }
                batch.clip().plan().show(i, i);
                if (frame == 2) {
                    batch.clip().plan().useAverage(i);
                }
            }
        }
        batch.clip().addConstant(new double[] {0.5, -0.3, 0.8});
    }

    private static PersonPeriodBatch batch(int capacity, int causes, SplittableRandom random) {
        PersonPeriodBatch batch = new PersonPeriodBatch(capacity, NUMBERS);
        for (int i = 0; i < 8; i++) {
            int[] tokens = i % 3 == 0 ? new int[0] : new int[] {i % 5, (i + 2) % 5};
            float[] embedding =
                    i % 2 == 0
                            ? new float[0]
                            : new float[] {
                                (float) random.nextDouble(), (float) random.nextDouble()
                            };
            int row = batch.add(tokens, new int[] {i % 4}, embedding);
            for (int j = 0; j < NUMBERS; j++) {
                batch.number(row, j, (float) random.nextDouble(-1, 1));
            }
            int cause = i % 3 == 1 ? i % causes : PersonPeriod.SURVIVED;
            batch.outcome(row, i % 5, cause, 0.5 + random.nextDouble());
        }
        return batch;
    }
}
