// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * An optimiser that never follows a gradient longer than a limit: a longer one is scaled down to it
 * and keeps its direction (Pascanu, Mikolov and Bengio, ICML 2013, algorithm 1).
 *
 * @param base what makes the steps
 * @param length largest Euclidean length of a gradient over all parameters, above 0
 */
record ClippedOptimiser(Optimiser base, double length) implements WrappedOptimiser {
    @Override
    public Optimiser withRate(double other) {
        return new ClippedOptimiser(base.withRate(other), length);
    }

    /** Scales the gradient in place, where it is too long. */
    @Override
    public void step(
            float[] parameters, float[] gradient, float[][] slots, Ranges where, long step) {
        double squares = squares(gradient, where);
        if (squares > length * length) {
            float scale = (float) (length / Math.sqrt(squares));
            for (int range = 0; range < where.count(); range++) {
                int to = where.to(range);
                for (int i = where.from(range); i < to; i++) {
                    gradient[i] *= scale;
                }
            }
        }
        base.step(parameters, gradient, slots, where, step);
    }

    private static double squares(float[] gradient, Ranges where) {
        double squares = 0;
        for (int range = 0; range < where.count(); range++) {
            int to = where.to(range);
            for (int i = where.from(range); i < to; i++) {
                squares += (double) gradient[i] * gradient[i];
            }
        }
        return squares;
    }

    @Override
    public void makeUp(
            float[] parameters, float[][] slots, int from, int to, long since, long until) {
        base.makeUp(parameters, slots, from, to, since, until);
    }
}
