// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.classifier.hpcr.HpcrLoss.Pairs;
import dev.kedge.operators.classifier.hpcr.ProxyDistillation.Unknown;
import dev.kedge.operators.encoder.ConvNet;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.encoder.MlpEncoder;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.operators.testing.Differentiable;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The whole chain from inputs through the layers to each loss, against central differences. */
class ReplayObjectiveTest {
    private static final int INPUTS = 5;

    /** Wide enough that no row is all zeros, where the direction of a row has no derivative. */
    private static final int WIDTH = 8;

    private static final int CLASSES = 4;
    private static final int ROWS = 12;

    private final SplittableRandom random = new SplittableRandom(12);

    @FunctionalInterface
    private interface Declares {
        ReplayObjective in(Layout.Builder layout, MatrixProduct product);
    }

    @Test
    void gradientsOfHpcrAgreeWithCentralDifferences() {
        HpcrLoss.Settings settings =
                new HpcrLoss.Settings(0.6, 0.8, Pairs.OFF, 0, 0.2, 0.5, Unknown.MASK, false);
        check((layout, product) -> new ProxyReplay(layout, settings, WIDTH, CLASSES, ROWS));
    }

    @Test
    void gradientsOfDarkExperienceReplayAgreeWithCentralDifferences() {
        check(
                (layout, product) ->
                        new LinearReplay(
                                layout,
                                LinearReplay.Loss.darkExperience(0.3, 0.7),
                                WIDTH,
                                CLASSES,
                                ROWS));
    }

    @Test
    void gradientsOfExperienceReplayOverPresentClassesAgreeWithCentralDifferences() {
        check(
                (layout, product) ->
                        new LinearReplay(
                                layout,
                                new LinearReplay.Loss(0, 1, 1, true),
                                WIDTH,
                                CLASSES,
                                ROWS));
    }

    @Test
    void gradientsOfContrastiveReplayAgreeWithCentralDifferences() {
        check(
                (layout, product) ->
                        new ContrastiveReplay(layout, 0.7, WIDTH, 6, CLASSES, ROWS, product));
    }

    @Test
    void gradientsThroughConvolutionsAgreeWithCentralDifferences() {
        Layout.Builder layout = Layout.builder();
        int inputs = 2 * 6 * 5;
        try (MatrixProduct product = new MatrixProduct();
                ConvNet encoder =
                        new ConvNet(
                                layout,
                                new ConvNet.Settings(2, 6, 5, List.of(3, 4), WIDTH),
                                ROWS,
                                product)) {
            LinearReplay head =
                    new LinearReplay(
                            layout, LinearReplay.Loss.EXPERIENCE_REPLAY, WIDTH, CLASSES, ROWS);
            Differentiable<ReplayBatch> learner =
                    new Differentiable<>(layout.build(), encoder, head, ROWS, random);
            ReplayBatch batch = new ReplayBatch(ROWS, inputs, InputForm.FLOATS, CLASSES, WIDTH);
            batch.classes(CLASSES, 0.6);
            for (int i = 0; i < 4; i++) {
                batch.add(input(random, inputs), i);
            }

            learner.check(batch);
        }
    }

    @Test
    void aProxyThatAppearsHasTheLengthOfThoseThatWereThere() {
        Layout.Builder builder = Layout.builder();
        ProxyReplay objective =
                new ProxyReplay(builder, HpcrLoss.Settings.REFERENCE, 300, CLASSES, ROWS);
        float[] parameters = new float[builder.build().size()];
        objective.appear(parameters, 2, RestorableRandom.seeded(4));

        double squares = 0;
        for (int k = 600; k < 900; k++) {
            squares += (double) parameters[k] * parameters[k];
        }
        assertThat(Math.sqrt(squares)).isBetween(0.53, 0.62);
        assertThat(parameters[599]).isZero();
        assertThat(parameters[900]).isZero();
    }

    @Test
    void roomForMoreClassesChangesNothing() {
        assertThat(lossAndGradient(3)).isEqualTo(lossAndGradient(9));
    }

    private static List<Double> lossAndGradient(int maxClasses) {
        Layout.Builder builder = Layout.builder();
        ProxyReplay objective =
                new ProxyReplay(builder, HpcrLoss.Settings.REFERENCE, WIDTH, maxClasses, ROWS);
        float[] parameters = new float[builder.build().size()];
        RestorableRandom initial = RestorableRandom.seeded(1);
        for (int c = 0; c < 3; c++) {
            objective.appear(parameters, c, initial);
        }
        ReplayBatch batch =
                batch(new SplittableRandom(3), new int[] {0, 1, 0, 1, 2, 2, 0, 0}, maxClasses);
        batch.classes(3, 0.09);
        float[] embeddings = new float[ROWS * WIDTH];
        initial.fillUniform(embeddings, 0, embeddings.length, 1);
        float[] embeddingGradient = new float[embeddings.length];
        float[] gradient = new float[parameters.length];
        double loss =
                objective.learn(parameters, embeddings, batch, 1, embeddingGradient, gradient);
        return List.of(
                loss,
                (double) embeddingGradient[7],
                (double) gradient[1],
                (double) gradient[2 * WIDTH + 3]);
    }

    @Test
    void whileNothingIsReplayedTheContrastiveMethodsLearnNothing() {
        HpcrLoss.Settings pcr = HpcrLoss.Settings.REFERENCE.withoutDistillation();
        HpcrLoss.Settings hpcr = HpcrLoss.Settings.REFERENCE;

        assertLearnsNothingAlone((l, p) -> new ProxyReplay(l, pcr, WIDTH, CLASSES, ROWS));
        assertLearnsNothingAlone((l, p) -> new ProxyReplay(l, hpcr, WIDTH, CLASSES, ROWS));
        assertLearnsNothingAlone(
                (l, p) -> new ContrastiveReplay(l, 0.07, WIDTH, 6, CLASSES, ROWS, p));
    }

    @Test
    void whileNothingIsReplayedTheBaselinesLearnFromTheIncomingRowsAlone() {
        for (LinearReplay.Loss loss :
                List.of(
                        LinearReplay.Loss.FINE_TUNING,
                        LinearReplay.Loss.EXPERIENCE_REPLAY,
                        LinearReplay.Loss.darkExperience(0.3, 0.7))) {
            Declares linear = (l, p) -> new LinearReplay(l, loss, WIDTH, CLASSES, ROWS);
            Alone alone = alone(linear, false);

            // All parameters are 0: the logits are even.
            assertThat(alone.loss()).isCloseTo(Math.log(CLASSES), within(1e-12));
            assertThat(alone.gradient()).isNotEqualTo(new float[alone.gradient().length]);
        }
    }

    private static void assertLearnsNothingAlone(Declares objective) {
        Alone stored = alone(objective, false);
        Alone ahead = alone(objective, true);

        assertThat(stored.loss()).isZero();
        assertThat(stored.gradient()).containsOnly(0);
        assertThat(stored.embeddingGradient()).containsOnly(0);
        assertThat(ahead.loss()).isPositive();
    }

    private record Alone(double loss, float[] embeddingGradient, float[] gradient) {}

    /** Four incoming rows, none replayed; as a step, or to look ahead. */
    private static Alone alone(Declares declares, boolean ahead) {
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder builder = Layout.builder();
            ReplayObjective objective = declares.in(builder, product);
            float[] parameters = new float[builder.build().size()];
            ReplayBatch batch = new ReplayBatch(ROWS, INPUTS, InputForm.FLOATS, CLASSES, WIDTH);
            batch.classes(CLASSES, 0.09);
            batch.step(1.8, true);
            for (int label : new int[] {0, 1, 0, 1}) {
                batch.add(input(new SplittableRandom(label), INPUTS), label);
            }
            if (ahead) {
                batch.learnAlone();
            }
            float[] embeddings = new float[ROWS * WIDTH];
            RestorableRandom.seeded(1).fillUniform(embeddings, 0, embeddings.length, 1);
            float[] embeddingGradient = new float[embeddings.length];
            float[] gradient = new float[parameters.length];
            double loss =
                    objective.learn(parameters, embeddings, batch, 1, embeddingGradient, gradient);
            return new Alone(loss, embeddingGradient, gradient);
        }
    }

    private void check(Declares objective) {
        try (MatrixProduct product = new MatrixProduct()) {
            Layout.Builder layout = Layout.builder();
            MlpEncoder encoder = new MlpEncoder(layout, INPUTS, List.of(9, WIDTH), ROWS, product);
            ReplayObjective head = objective.in(layout, product);
            Differentiable<ReplayBatch> learner =
                    new Differentiable<>(layout.build(), encoder, head, ROWS, random);

            learner.check(batch(random, new int[] {0, 1, 0, 1, 2, 3, 2, 3, 1, 3, 1, 3}, CLASSES));
        }
    }

    /** Two rows of a first draw in two views, as many of a second, and the rest incoming. */
    private static ReplayBatch batch(SplittableRandom random, int[] labels, int maxClasses) {
        ReplayBatch batch = new ReplayBatch(ROWS, INPUTS, InputForm.FLOATS, maxClasses, WIDTH);
        batch.classes(Math.min(CLASSES, maxClasses), 0.6);
        for (int i = 0; i < labels.length; i++) {
            batch.add(input(random, INPUTS), labels[i]);
            if (i == 3) {
                batch.endFirstDraw();
            }
            if (i == 5) {
                batch.endSecondDraw();
            }
        }
        batch.teacher().add(new float[] {1, 0}, new float[] {1, 2, 0, 1, 0, 2, 1, 0});
        batch.teacher().add(new float[] {0, 1, -1}, new float[] {0, 1, 1, 2, 2, 0, 0, 1});
        batch.step(1.3, true);
        return batch;
    }

    private static byte[] input(SplittableRandom random, int width) {
        float[] input = new float[width];
        for (int k = 0; k < width; k++) {
            input[k] = (float) random.nextDouble(-1, 1);
        }
        return InputForm.encode(input);
    }
}
