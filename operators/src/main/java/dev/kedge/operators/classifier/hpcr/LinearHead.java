// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

/**
 * A linear classifier in double precision, {@code z = f W' + b}, with its gradients. All rows of
 * the weight lie class by class. Shapes: features rows x width, weight classes x width.
 */
final class LinearHead {
    private LinearHead() {}

    static void forward(
            double[] features,
            int rows,
            double[] weight,
            double[] bias,
            int classes,
            int width,
            double[] logits) {
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < classes; c++) {
                logits[i * classes + c] =
                        bias[c] + Vectors.dot(features, i * width, weight, c * width, width);
            }
        }
    }

    /** Adds to all three gradients. */
    static void backward(
            double[] features,
            int rows,
            double[] weight,
            int classes,
            int width,
            double[] logitGradient,
            double[] featureGradient,
            double[] weightGradient,
            double[] biasGradient) {
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < classes; c++) {
                double slope = logitGradient[i * classes + c];
                biasGradient[c] += slope;
                Vectors.addScaled(slope, weight, c * width, featureGradient, i * width, width);
                Vectors.addScaled(slope, features, i * width, weightGradient, c * width, width);
            }
        }
    }
}
