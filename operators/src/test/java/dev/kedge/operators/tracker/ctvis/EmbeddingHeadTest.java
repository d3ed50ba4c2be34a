// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.testing.Differentiable;
import dev.kedge.operators.tracker.ctvis.EmbeddingHead.Settings;
import dev.kedge.operators.tracker.ctvis.EmbeddingHead.Start;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbeddingHeadTest {
    private static final int INPUTS = 6;

    /** Small factors keep the differences' own error small. */
    private static final ContrastiveClip.Settings SLIGHT =
            new ContrastiveClip.Settings(
                    ContrastiveClip.Negatives.PREVIOUS_FRAME, true, false, 10, 0.2, 0.3);

    /** A head over given features, as new. */
    private record Fresh(EmbeddingHead head, float[] parameters) {
        static Fresh of(Settings settings) {
            return over(Layout.builder(), settings);
        }

        static Fresh over(Layout.Builder layout, Settings settings) {
            EmbeddingHead head = new EmbeddingHead(layout, "head", INPUTS, settings);
            float[] parameters = new float[layout.build().size()];
            head.initialise(parameters, RestorableRandom.seeded(4));
            return new Fresh(head, parameters);
        }

        double[] embed(float... features) {
            int rows = features.length / INPUTS;
            return head.embed(parameters, features, 0, rows, 0);
        }

        /** A column of the weights. */
        double[] column(int j) {
            return IntStream.range(0, INPUTS)
                    .mapToDouble(k -> parameters[k * head.width() + j])
                    .toArray();
        }
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
    }

    @Test
    void anOrthogonalHeadOfEnoughWidthLeavesFeaturesAsTheyCome() {
        Fresh wide = Fresh.of(new Settings(8, 0, Start.ORTHOGONAL));

        assertThat(wide.embed(1, -2, 3, 0.5f, 0, 7)).startsWith(1, -2, 3, 0.5, 0, 7, 0, 0);
    }

    @Test
    void aNarrowerOneProjectsOntoASubspaceAndKeepsSquaresInTheMean() {
        Fresh narrow = Fresh.of(new Settings(3, 0, Start.ORTHOGONAL));

        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double expected = i == j ? INPUTS / 3.0 : 0;
                assertThat(dot(narrow.column(i), narrow.column(j)))
                        .isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void itIsTheDefaultWhereNothingBelowIsLearnedAndOnlyThere() {
        Layout.Builder learned = Layout.builder();
        learned.add("encoder/weight", 2, 2);

        assertThat(Fresh.of(Settings.linear(INPUTS)).embed(1, 2, 3, 4, 5, 6))
                .startsWith(1, 2, 3, 4, 5, 6);
        EmbeddingHead over = new EmbeddingHead(learned, "head", INPUTS, Settings.linear(2));
        float[] parameters = new float[learned.build().size()];
        over.initialise(parameters, RestorableRandom.seeded(4));
        float[] expected = new float[parameters.length];
        RestorableRandom.seeded(4).fillUniform(expected, 4, 16, Math.sqrt(3.0 / INPUTS));
        assertThat(parameters).containsExactly(expected);
    }

    @Test
    void aScaleGivesAllEmbeddingsOneLengthAndLeavesTheirDirections() {
        Settings plain = new Settings(4, 0, Start.UNIFORM);
        double[] raw = Fresh.of(plain).embed(1, -2, 3, 0.5f, 0, 7).clone();
        double[] scaled = Fresh.of(new Settings(4, 2.5, Start.UNIFORM)).embed(1, -2, 3, 0.5f, 0, 7);

        double length = Math.sqrt(dot(raw, raw));
        for (int k = 0; k < 4; k++) {
            assertThat(scaled[k]).isCloseTo(2.5 * raw[k] / length, within(1e-12));
        }
    }

    @Test
    void whatHasNoLengthStaysAndTeachesNothing() {
        Fresh fresh = Fresh.of(new Settings(0, 4, Start.AUTO));
        float[] gradient = new float[INPUTS];

        assertThat(fresh.embed(new float[INPUTS])).startsWith(0, 0, 0, 0, 0, 0);
        double[] upstream = {1, 2, 3, 4, 5, 6};
        fresh.head()
                .backward(new float[0], new float[INPUTS], 0, 1, upstream, gradient, new float[0]);
        assertThat(gradient).containsOnly(0);
    }

    @Test
    void theGradientThroughTheScaleAgreesWithCentralDifferences() {
        SplittableRandom random = new SplittableRandom(8);
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MlpEncoder encoder = new MlpEncoder(layout, INPUTS, List.of(5), 16, product);
            CtvisObjective objective =
                    new CtvisObjective(
                            layout, encoder.width(), new Settings(3, 1.5, Start.UNIFORM), SLIGHT);
            Differentiable<ClipBatch> learner =
                    new Differentiable<>(layout.build(), encoder, objective, 16, random);

            learner.check(clip(random));
        }
    }

    /** Two instances in four frames, against one of the bank. */
    private static ClipBatch clip(SplittableRandom random) {
        ClipBatch batch = new ClipBatch(16, INPUTS, InputForm.FLOATS);
        batch.begin(2);
        for (int frame = 0; frame < 4; frame++) {
            batch.plan().addFrame(2);
            for (int i = 0; i < 2; i++) {
                float[] features = new float[INPUTS];
                for (int k = 0; k < INPUTS; k++) {
                    features[k] = (float) random.nextDouble(-1, 1) + i;
                }
                batch.add(InputForm.encode(features));
                batch.plan().show(i, i);
            }
        }
        batch.plan().useAverage(3, 0);
        batch.addConstant(new double[] {0.5, -0.3, 0.8});
        batch.fillUp();
        return batch;
    }

    @Test
    void aScaleIsNoNegativeNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                TrackingSettings.of(
                                                new TrackingSettings.Input(1, InputForm.FLOATS),
                                                1,
                                                1)
                                        .with("embedding-scale", -1.0))
                .withMessageContaining("embedding-scale: -1.0 is not allowed");
    }
}
