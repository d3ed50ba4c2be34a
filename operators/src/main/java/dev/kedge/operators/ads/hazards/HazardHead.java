// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.operators.encoder.Affine;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import java.util.Arrays;

/**
 * One term: logits {@code a = z V + c} over its intervals, one for each cause of discontinuation,
 * with the loss of person-periods and its gradients.
 */
public final class HazardHead {
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

    public HazardHead(
            Layout.Builder layout,
            String name,
            int width,
            int firstColumn,
            int intervals,
            int causes,
            int maxRows,
            MatrixProduct product) {
        int columns = intervals * causes;
        this.affine = Affine.declare(layout, name, width, columns, product);
        this.firstColumn = firstColumn;
        this.intervals = intervals;
        this.causes = causes;
        logits = new float[maxRows * columns];
        wideLogits = new double[maxRows * columns];
        labels = new double[maxRows * columns];
        atRisk = new double[maxRows * columns];
        wideGradient = new double[maxRows * columns];
        logitGradient = new float[maxRows * columns];
    }

    /** Says that nothing of it should move. */
    public void untouched(UntouchedRanges untouched) {
        untouched.add(affine.weight().offset(), affine.weight().end());
        untouched.add(affine.bias().offset(), affine.bias().end());
    }

    /** Gives every interval the same hazard, and each cause the same part of it. */
    public void initialise(float[] parameters, double baseHazard) {
        Arrays.fill(
                parameters,
                affine.bias().offset(),
                affine.bias().end(),
                (float) Math.log(baseHazard / causes / (1 - baseHazard)));
    }

    /**
     * Writes the hazards of {@code rows} embeddings into columns of {@code out}, which has {@code
     * stride} columns, {@code causes} for each interval.
     */
    public void hazards(
            float[] parameters, float[] embeddings, int rows, double[] out, int stride) {
        affine.forward(parameters, embeddings, rows, logits);
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
        affine.forward(parameters, embeddings, rows, logits);
        outcomes(batch);
        for (int i = 0; i < rows * columns; i++) {
            wideLogits[i] = logits[i];
        }
        double loss = evaluate(batch.weights(), rows);
        for (int i = 0; i < rows * columns; i++) {
            logitGradient[i] = (float) (factor * wideGradient[i]);
        }
        affine.backward(embeddings, rows, logitGradient, gradient);
        affine.carry(parameters, rows, logitGradient, embeddingGradient, true);
        return loss;
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
