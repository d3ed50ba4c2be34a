// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * Adagrad (Duchi et al. 2011): rare features keep a large rate, which suits hashed tables on a
 * stream.
 *
 * @param rate learning rate
 * @param epsilon added to the root
 */
public record Adagrad(double rate, double epsilon) implements Optimiser {
    @Override
    public Optimiser withRate(double other) {
        return new Adagrad(other, epsilon);
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public void step(
            float[] parameters, float[] gradient, float[][] slots, Ranges where, long step) {
        float[] sum = slots[0];
        float r = (float) rate;
        float e = (float) epsilon;
        for (int range = 0; range < where.count(); range++) {
            int to = where.to(range);
            for (int i = where.from(range); i < to; i++) {
                float g = gradient[i];
                float s = sum[i] + g * g;
                sum[i] = s;
                parameters[i] -= r * g / ((float) Math.sqrt(s) + e);
            }
        }
    }

    /** Nothing: it moves by gradients alone. */
    @Override
    public void makeUp(
            float[] parameters, float[][] slots, int from, int to, long since, long until) {}

    @Override
    public boolean movesWithoutGradient() {
        return false;
    }
}
