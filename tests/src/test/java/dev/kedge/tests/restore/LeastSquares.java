// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.encoder.DenseBatch;
import dev.kedge.operators.learner.Objective;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;

/**
 * An objective with a linear head: each output is to be the mean of the inputs. A stand-in for
 * whatever objective a later version of a job adds.
 */
final class LeastSquares implements Objective<DenseBatch> {
    private final Slice weight;
    private final int width;

    LeastSquares(Layout.Builder layout, String name, int width, int outputs) {
        this.width = width;
        this.weight = layout.add(name + "/weight", outputs, width);
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        for (int i = 0; i < weight.size(); i++) {
            parameters[weight.offset() + i] = (float) (0.02 * (random.nextDouble() - 0.5));
        }
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            DenseBatch batch,
            double factor,
            float[] embeddingGradient,
            float[] gradient) {
        double loss = 0;
        for (int row = 0; row < batch.rows(); row++) {
            double target = target(batch, row);
            for (int k = 0; k < weight.rows(); k++) {
                int from = weight.offset() + k * width;
                double error = output(parameters, embeddings, row, from) - target;
                loss += error * error / 2;
                for (int j = 0; j < width; j++) {
                    gradient[from + j] += (float) (factor * error * embeddings[row * width + j]);
                    embeddingGradient[row * width + j] +=
                            (float) (factor * error * parameters[from + j]);
                }
            }
        }
        return loss;
    }

    private double output(float[] parameters, float[] embeddings, int row, int from) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            sum += parameters[from + j] * embeddings[row * width + j];
        }
        return sum;
    }

    private static double target(DenseBatch batch, int row) {
        double sum = 0;
        for (int k = 0; k < batch.width(); k++) {
            sum += batch.values()[row * batch.width() + k];
        }
        return sum / batch.width();
    }
}
