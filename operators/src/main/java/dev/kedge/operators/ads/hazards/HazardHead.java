// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.operators.encoder.Affine;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import java.util.List;

/**
 * One term: logits {@code a = z V + c} over its intervals, one for each cause of discontinuation,
 * with the loss of person-periods and its gradients. {@code z} is the embedding, or what layers of
 * the head's own make of it.
 */
public final class HazardHead {
    private final HeadLayers layers;
    private final Affine affine;
    private final int firstColumn;
    private final int intervals;
    private final int causes;
    private final float[] logits;
    private final double[] wideLogits;
    private final double[] labels;
    private final double[] atRisk;
    private final double[] wideGradient;
    private final float[] logitGradient;
    private float[] inputs = {};

    /**
     * What a head reads and what it says.
     *
     * @param width width of the embedding
     * @param layers widths of the layers that the head has for itself; may be none
     * @param firstColumn first of its intervals
     * @param intervals how many intervals it has
     * @param causes causes of discontinuation in each
     */
    public record Size(
            int width, List<Integer> layers, int firstColumn, int intervals, int causes) {
        /** Freezes the list. */
        public Size {
            layers = List.copyOf(layers);
        }
    }

    /** Declares the parameters: those of the layers, then those of the last map. */
    public HazardHead(
            Layout.Builder layout, String name, Size size, int maxRows, MatrixProduct product) {
        int columns = size.intervals() * size.causes();
        this.layers =
                HeadLayers.declare(layout, name, size.width(), size.layers(), maxRows, product);
        this.affine = Affine.declare(layout, layers.output(name), layers.width(), columns, product);
        this.firstColumn = size.firstColumn();
        this.intervals = size.intervals();
        this.causes = size.causes();
        logits = new float[maxRows * columns];
        wideLogits = new double[maxRows * columns];
        labels = new double[maxRows * columns];
        atRisk = new double[maxRows * columns];
        wideGradient = new double[maxRows * columns];
        logitGradient = new float[maxRows * columns];
    }

    /** Says that nothing of it should move. */
    public void untouched(UntouchedRanges untouched) {
        layers.untouched(untouched);
        untouched.add(affine.weight().offset(), affine.weight().end());
        untouched.add(affine.bias().offset(), affine.bias().end());
    }

    /**
     * Gives every interval the same hazard, and each cause the same part of it. Only layers of the
     * head's own are drawn.
     */
    public void initialise(float[] parameters, RestorableRandom random, double baseHazard) {
        layers.initialise(parameters, random);
        Arrays.fill(
                parameters,
                affine.bias().offset(),
                affine.bias().end(),
                (float) Math.log(baseHazard / causes / (1 - baseHazard)));
    }

    /** Width of what the last map reads. */
    public int inputWidth() {
        return layers.width();
    }

    /** What the last map read last, rows x {@link #inputWidth}; valid until it computes again. */
    public float[] inputs() {
        return inputs;
    }

    private void forward(float[] parameters, float[] embeddings, int rows) {
        inputs = layers.forward(parameters, embeddings, rows);
        affine.forward(parameters, inputs, rows, logits);
    }

    /**
     * Writes the hazards of {@code rows} embeddings into columns of {@code out}, which has {@code
     * stride} columns, {@code causes} for each interval.
     */
    public void hazards(
            float[] parameters, float[] embeddings, int rows, double[] out, int stride) {
        forward(parameters, embeddings, rows);
        int columns = affine.outputs();
        for (int i = 0; i < rows; i++) {
            int to = i * stride + firstColumn * causes;
            for (int k = 0; k < columns; k++) {
                out[to + k] = logits[i * columns + k];
            }
            for (int k = 0; k < columns; k += causes) {
                if (causes == 1) {
                    out[to + k] = Logistic.sigmoid(out[to + k]);
                } else {
                    CauseSpecificLoss.hazards(out, to + k, causes, out, to + k);
                }
            }
        }
    }

    /** Adds to the gradients and returns the term, unscaled. */
    public double learn(
            float[] parameters,
            float[] embeddings,
            PersonPeriodBatch batch,
            double factor,
            float[] embeddingGradient,
            float[] gradient) {
        int rows = batch.periods();
        if (rows == 0) {
            return 0;
        }
        int columns = affine.outputs();
        forward(parameters, embeddings, rows);
        outcomes(batch);
        for (int i = 0; i < rows * columns; i++) {
            wideLogits[i] = logits[i];
        }
        double loss = evaluate(batch.weights(), rows);
        for (int i = 0; i < rows * columns; i++) {
            logitGradient[i] = (float) (factor * wideGradient[i]);
        }
        affine.backward(inputs, rows, logitGradient, gradient);
        layers.backward(
                affine, parameters, embeddings, rows, logitGradient, embeddingGradient, gradient);
        return loss;
    }

    /** Share of a batch's weight that person-periods of this term have; 0 if there is no weight. */
    public double share(PersonPeriodBatch batch) {
        double[] weights = batch.weights();
        double own = 0;
        for (int i = 0; i < batch.periods(); i++) {
            int k = batch.column(i) - firstColumn;
            own += k >= 0 && k < intervals ? weights[i] : 0;
        }
        return HazardLoss.share(own, HazardLoss.sum(weights, batch.periods()));
    }

    /** The term of the first rows of the last batch, as it was before the step. */
    public double loss(PersonPeriodBatch batch, int rows) {
        return rows == 0 ? 0 : evaluate(batch.weights(), rows);
    }

    private double evaluate(double[] weights, int rows) {
        return causes == 1
                ? HazardLoss.evaluate(
                        wideLogits, labels, atRisk, weights, rows, intervals, wideGradient)
                : CauseSpecificLoss.evaluate(
                        wideLogits, labels, atRisk, weights, rows, intervals, causes, wideGradient);
    }

    private void outcomes(PersonPeriodBatch batch) {
        int columns = affine.outputs();
        Arrays.fill(labels, 0, batch.periods() * columns, 0);
        Arrays.fill(atRisk, 0, batch.periods() * columns, 0);
        for (int i = 0; i < batch.periods(); i++) {
            int k = batch.column(i) - firstColumn;
            if (k >= 0 && k < intervals) {
                int from = i * columns + k * causes;
                Arrays.fill(atRisk, from, from + causes, 1);
                if (batch.cause(i) >= 0) {
                    labels[from + batch.cause(i)] = 1;
                }
            }
        }
    }
}
