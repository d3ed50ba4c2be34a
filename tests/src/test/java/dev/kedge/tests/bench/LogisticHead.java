// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.operators.encoder.Batch;
import dev.kedge.operators.learner.Objective;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;

/** Logistic regression over the embedding, with the logarithmic loss. */
final class LogisticHead implements Objective<LogisticHead.Row> {
    private final Slice weight;
    private final Slice bias;

    /** One row of features with its label. Reused from record to record by one task. */
    static final class Row implements Batch {
        private float[] features = {};
        private double label;

        void set(Sample sample) {
            features = sample.features();
            label = sample.positive() ? 1 : 0;
        }

        float[] features() {
            return features;
        }

        @Override
        public int rows() {
            return 1;
        }
    }

    LogisticHead(Layout.Builder layout, int width) {
        weight = layout.add("logistic/weight", 1, width);
        bias = layout.add("logistic/bias", 1, 1);
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        random.fillUniform(
                parameters, weight.offset(), weight.end(), 1 / Math.sqrt(weight.columns()));
    }

    /** The predicted probability. */
    double probability(float[] parameters, float[] embedding) {
        double logit = parameters[bias.offset()];
        for (int i = 0; i < weight.columns(); i++) {
            logit += parameters[weight.offset() + i] * embedding[i];
        }
        return 1 / (1 + Math.exp(-logit));
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            Row batch,
            double factor,
            float[] embeddingGradient,
            float[] gradient) {
        double predicted = probability(parameters, embeddings);
        float error = (float) (factor * (predicted - batch.label));
        gradient[bias.offset()] += error;
        for (int i = 0; i < weight.columns(); i++) {
            gradient[weight.offset() + i] += error * embeddings[i];
            embeddingGradient[i] += error * parameters[weight.offset() + i];
        }
        return -Math.log(batch.label == 1 ? predicted : 1 - predicted);
    }
}
