// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.encoder.Affine;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Supervised contrastive replay, SCR (Mai et al., CVPR Workshops 2021): a head of two layers,
 * {@code relu(z W1 + b1) W2 + b2}, rows of length 1, {@link SupervisedContrastiveLoss} over all
 * rows of the step; nothing, while nothing is replayed. It has no classifier: read out by the
 * nearest mean. Weights and biases start uniform in +-1/sqrt(fan-in).
 */
public final class ContrastiveReplay implements ReplayObjective {
    private static final double[] NO_LOGITS = {};

    private final double temperature;
    private final Affine first;
    private final Affine second;
    private final SupervisedContrastiveLoss loss;
    private final UnitRows units;
    private final float[] hidden;
    private final float[] hiddenGradient;
    private final float[] projection;
    private final float[] projectionGradient;
    private final double[] wide;
    private final double[] unitGradient;
    private final double[] wideGradient;
    private final double[] temperatures;

    /**
     * Declares {@code scr/0} and {@code scr/1} and makes room.
     *
     * @param temperature the authors' is 0.07
     * @param output width of the projection, the authors' is 128
     */
    public ContrastiveReplay(
            Layout.Builder layout,
            double temperature,
            int width,
            int output,
            int maxClasses,
            int maxRows,
            MatrixProduct product) {
        this.temperature = temperature;
        first = Affine.declare(layout, "scr/0", width, width, product);
        second = Affine.declare(layout, "scr/1", width, output, product);
        loss = new SupervisedContrastiveLoss(maxRows, output, false);
        units = new UnitRows(maxRows, output, UnitRows.Guard.FLOOR);
        hidden = new float[maxRows * width];
        hiddenGradient = new float[maxRows * width];
        projection = new float[maxRows * output];
        projectionGradient = new float[maxRows * output];
        wide = new double[maxRows * output];
        unitGradient = new double[maxRows * output];
        wideGradient = new double[maxRows * output];
        temperatures = new double[maxClasses];
    }

    @Override
    public List<String> parts() {
        return List.of("contrastive");
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        double bound = 1 / Math.sqrt(first.inputs());
        random.fillUniform(parameters, first.weight().offset(), second.bias().end(), bound);
    }

    @Override
    public void appear(float[] parameters, int c, RestorableRandom random) {}

    @Override
    public void copy(float[] from, float[] to, int c) {}

    @Override
    public void forget(float[] parameters, int c) {}

    @Override
    public boolean learnsWithoutReplay() {
        return false;
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            ReplayBatch batch,
            double factor,
            float[] embeddingGradient,
            float[] gradient) {
        if (batch.replayed() == 0 && !batch.alone()) {
            return 0;
        }
        int rows = batch.rows();
        forward(parameters, embeddings, rows);
        int projected = rows * second.outputs();
        Widening.widen(projection, 0, wide, projected);
        units.normalise(wide, rows);
        Arrays.fill(unitGradient, 0, projected, 0);
        Arrays.fill(wideGradient, 0, projected, 0);
        Arrays.fill(temperatures, temperature);
        double[] list = units.units();
        double value =
                loss.evaluate(list, batch.labels(), rows, rows, temperatures, factor, unitGradient);
        units.backward(unitGradient, rows, wideGradient);
        Arrays.fill(projectionGradient, 0, projected, 0);
        Widening.add(wideGradient, projectionGradient, 0, projected);
        backward(parameters, embeddings, rows, embeddingGradient, gradient);
        return value;
    }

    private void forward(float[] parameters, float[] embeddings, int rows) {
        first.forward(parameters, embeddings, rows, hidden);
        for (int i = 0; i < rows * first.outputs(); i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        second.forward(parameters, hidden, rows, projection);
    }

    private void backward(
            float[] parameters,
            float[] embeddings,
            int rows,
            float[] embeddingGradient,
            float[] gradient) {
        Arrays.fill(hiddenGradient, 0, rows * first.outputs(), 0);
        second.backward(hidden, rows, projectionGradient, gradient);
        second.carry(parameters, rows, projectionGradient, hiddenGradient, true);
        for (int i = 0; i < rows * first.outputs(); i++) {
            if (hidden[i] <= 0) {
                hiddenGradient[i] = 0;
            }
        }
        first.backward(embeddings, rows, hiddenGradient, gradient);
        first.carry(parameters, rows, hiddenGradient, embeddingGradient, true);
    }

    @Override
    public double[] logits(float[] parameters, float[] embeddings, int rows, int classes) {
        return NO_LOGITS;
    }

    @Override
    public double[] logits() {
        return NO_LOGITS;
    }
}
