// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads.reference;

import dev.kedge.operators.ads.hazards.HazardCurve;
import dev.kedge.operators.ads.hazards.TwoTermLoss;
import dev.kedge.operators.encoder.Affine;
import dev.kedge.operators.learner.Objective;
import dev.kedge.operators.math.MatrixProduct;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;

/** {@link TwoTermLoss} over whole lives, on two linear heads over one embedding. */
final class TwoTermLives implements Objective<LifeBatch> {
    private final TwoTermLoss loss;
    private final double baseHazard;
    private final Head shortTerm;
    private final Head longTerm;

    TwoTermLives(
            Layout.Builder layout,
            int width,
            int columns,
            TwoTermLoss loss,
            double baseHazard,
            int maxRows,
            MatrixProduct product) {
        this.loss = loss;
        this.baseHazard = baseHazard;
        int past = columns - loss.boundary();
        shortTerm = new Head(layout, "lives/short", width, loss.boundary(), maxRows, product);
        longTerm = new Head(layout, "lives/long", width, past, maxRows, product);
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        float logit = (float) Math.log(baseHazard / (1 - baseHazard));
        shortTerm.initialise(parameters, logit);
        longTerm.initialise(parameters, logit);
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            LifeBatch batch,
            double weight,
            float[] embeddingGradient,
            float[] gradient) {
        double total = evaluate(parameters, embeddings, batch);
        shortTerm.backward(
                parameters, embeddings, batch.rows(), weight, embeddingGradient, gradient);
        longTerm.backward(
                parameters, embeddings, batch.rows(), weight, embeddingGradient, gradient);
        return total;
    }

    /** The loss alone, a creative. */
    double evaluate(float[] parameters, float[] embeddings, LifeBatch batch) {
        int rows = batch.rows();
        shortTerm.forward(parameters, embeddings, rows);
        longTerm.forward(parameters, embeddings, rows);
        return loss.evaluate(
                        shortTerm.logits,
                        longTerm.logits,
                        batch.periods(),
                        batch.weights(),
                        shortTerm.gradient,
                        longTerm.gradient)
                .total();
    }

    /** Hazards of the first row. */
    double[] hazards(float[] parameters, float[] embeddings) {
        shortTerm.forward(parameters, embeddings, 1);
        longTerm.forward(parameters, embeddings, 1);
        double[] hazard = new double[shortTerm.columns() + longTerm.columns()];
        HazardCurve.hazards(
                Arrays.copyOf(shortTerm.logits, shortTerm.columns()),
                Arrays.copyOf(longTerm.logits, longTerm.columns()),
                hazard);
        return hazard;
    }

    /** One term's logits. */
    private static final class Head {
        private final Affine affine;
        private final float[] narrow;
        private final double[] logits;
        private final double[] gradient;

        Head(
                Layout.Builder layout,
                String name,
                int width,
                int columns,
                int maxRows,
                MatrixProduct product) {
            affine = Affine.declare(layout, name, width, columns, product);
            narrow = new float[maxRows * columns];
            logits = new double[maxRows * columns];
            gradient = new double[maxRows * columns];
        }

        int columns() {
            return affine.outputs();
        }

        void initialise(float[] parameters, float logit) {
            Arrays.fill(parameters, affine.bias().offset(), affine.bias().end(), logit);
        }

        void forward(float[] parameters, float[] embeddings, int rows) {
            affine.forward(parameters, embeddings, rows, narrow);
            for (int i = 0; i < rows * columns(); i++) {
                logits[i] = narrow[i];
            }
        }

        void backward(
                float[] parameters,
                float[] embeddings,
                int rows,
                double factor,
                float[] embeddingGradient,
                float[] flat) {
            for (int i = 0; i < rows * columns(); i++) {
                narrow[i] = (float) (factor * gradient[i]);
            }
            affine.backward(embeddings, rows, narrow, flat);
            affine.carry(parameters, rows, narrow, embeddingGradient, true);
        }
    }
}
