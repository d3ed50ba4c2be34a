// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * Plain stochastic gradient descent.
 *
 * @param rate learning rate
 */
public record Sgd(double rate) implements Optimiser {
    @Override
    public Optimiser withRate(double other) {
        return new Sgd(other);
    }

    @Override
    public float maxGradient() {
        return Math.min(MAX_GRADIENT, (float) (MAX_MOVE / rate));
    }

    @Override
    public int slots() {
        return 0;
    }

    @Override
    public void step(
            float[] parameters, float[] gradient, float[][] slots, Ranges where, long step) {
        float r = (float) rate;
        for (int range = 0; range < where.count(); range++) {
            int to = where.to(range);
            for (int i = where.from(range); i < to; i++) {
                parameters[i] -= r * gradient[i];
            }
        }
    }

    /** Nothing: it moves by gradients alone. */
    @Override
    public void makeUp(
            float[] parameters, float[][] slots, int from, int to, long since, long until) {}
}
