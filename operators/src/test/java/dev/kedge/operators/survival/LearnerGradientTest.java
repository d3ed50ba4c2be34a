// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.survival;

import dev.kedge.operators.encoder.MultimodalEncoder;
import dev.kedge.operators.learner.Differentiable;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The whole chain from tables through the layers to both heads, against central differences. */
class LearnerGradientTest {
    private static final int NUMBERS = 3;

    @Test
    void everyParameterAgreesWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(11);
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MultimodalEncoder encoder =
                    new MultimodalEncoder(
                            layout,
                            new MultimodalEncoder.Settings(5, 3, 4, 2, NUMBERS, 2, List.of(6, 4)),
                            8,
                            product);
            DiscontinuationSettings.Learning learning =
                    new DiscontinuationSettings.Learning(
                            DiscontinuationSettings.OptimiserName.SGD,
                            0.1,
                            8,
                            Duration.ofDays(1),
                            0.7,
                            1.3,
                            0.2,
                            RateSchedule.CONSTANT);
            TwoTermHazard objective =
                    new TwoTermHazard(
                            layout,
                            encoder.width(),
                            new Intervals(List.of(0.0, 1.0, 2.0, 4.0, 8.0), 2),
                            learning,
                            8,
                            product);
            Differentiable<PersonPeriodBatch> learner =
                    new Differentiable<>(layout.build(), encoder, objective, 8, random);

            learner.check(batch(random));
        }
    }

    private static PersonPeriodBatch batch(SplittableRandom random) {
        PersonPeriodBatch batch = new PersonPeriodBatch(8, NUMBERS);
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
            batch.outcome(row, i % 5, i % 3 == 1, 0.5 + random.nextDouble());
        }
        return batch;
    }
}
