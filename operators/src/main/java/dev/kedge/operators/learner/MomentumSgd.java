// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * Stochastic gradient descent with momentum and weight decay: {@code v = momentum v + g + decay p},
 * {@code p -= rate v} (Sutskever et al. 2013, without the rate inside of the velocity).
 *
 * @param rate learning rate
 * @param momentum part of the velocity that stays
 * @param decay weight decay, added to the gradient
 */
public record MomentumSgd(double rate, double momentum, double decay) implements Optimiser {
    @Override
    public Optimiser withRate(double other) {
        return new MomentumSgd(other, momentum, decay);
    }

    @Override
    public float maxGradient() {
        return Math.min(MAX_GRADIENT, (float) (MAX_MOVE / rate));
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void step(
            float[] parameters, float[] gradient, float[][] slots, Ranges where, long step) {
        float[] velocity = slots[0];
        float r = (float) rate;
        float m = (float) momentum;
        float d = (float) decay;
        for (int range = 0; range < where.count(); range++) {
            int to = where.to(range);
            for (int i = where.from(range); i < to; i++) {
                float v = m * velocity[i] + gradient[i] + d * parameters[i];
                velocity[i] = v;
                parameters[i] -= r * v;
            }
        }
    }

    @Override
    public void makeUp(
            float[] parameters, float[][] slots, int from, int to, long since, long until) {
        float[] velocity = slots[0];
        float r = (float) rate;
        float m = (float) momentum;
        float d = (float) decay;
        for (long step = since + 1; step <= until; step++) {
            for (int i = from; i < to; i++) {
                float v = m * velocity[i] + 0f + d * parameters[i];
                velocity[i] = v;
                parameters[i] -= r * v;
            }
        }
    }

    @Override
    public boolean startsAtRest() {
        return decay == 0;
    }
}
