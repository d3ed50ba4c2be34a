// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * Adam with bias correction (Kingma and Ba 2015, algorithm 1) and decoupled weight decay
 * (Loshchilov and Hutter 2019).
 *
 * @param rate learning rate
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root
 * @param decay decoupled weight decay
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, double decay)
        implements Optimiser {

    /** The paper's values. */
    public Adam(double rate) {
        this(rate, 0.9, 0.999, 1e-8, 0);
    }

    @Override
    public Optimiser withRate(double other) {
        return new Adam(other, beta1, beta2, epsilon, decay);
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void step(float[] parameters, float[] gradient, float[][] slots, long step) {
        float[] first = slots[0];
        float[] second = slots[1];
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        double root = Math.sqrt(1 - Math.pow(beta2, (double) step));
        float scale = (float) (rate * root / (1 - Math.pow(beta1, (double) step)));
        float e = (float) (epsilon * root);
        float keep = (float) (1 - rate * decay);
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            float m = b1 * first[i] + (1 - b1) * g;
            float v = b2 * second[i] + (1 - b2) * g * g;
            first[i] = m;
            second[i] = v;
            parameters[i] = keep * parameters[i] - scale * m / ((float) Math.sqrt(v) + e);
        }
    }
}
