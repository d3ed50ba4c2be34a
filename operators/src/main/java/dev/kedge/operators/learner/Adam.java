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
    private static final double FADED = 40;

    /** Steps made up between two looks whether the rest of them would move anything. */
    private static final int OFTEN = 32;

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
    public void step(
            float[] parameters, float[] gradient, float[][] slots, Ranges where, long step) {
        float[] first = slots[0];
        float[] second = slots[1];
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        double root = root(step);
        float scale = (float) (rate * root / unbias(step));
        float e = (float) (epsilon * root);
        float keep = (float) (1 - rate * decay);
        for (int range = 0; range < where.count(); range++) {
            int to = where.to(range);
            for (int i = where.from(range); i < to; i++) {
                float g = gradient[i];
                float m = b1 * first[i] + (1 - b1) * g;
                float v = b2 * second[i] + (1 - b2) * g * g;
                first[i] = m;
                second[i] = v;
                parameters[i] = keep * parameters[i] - scale * m / ((float) Math.sqrt(v) + e);
            }
        }
    }

    @Override
    public boolean startsAtRest() {
        return decay == 0;
    }

    /**
     * Step after step while the first moment still moves a parameter; after that the moments alone
     * fade.
     */
    @Override
    public void makeUp(
            float[] parameters, float[][] slots, int from, int to, long since, long until) {
        float[] first = slots[0];
        float[] second = slots[1];
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float keep = (float) (1 - rate * decay);
        long step = since;
        while (step < until) {
            boolean asks = (step - since) % OFTEN == OFTEN - 1 && keep == 1;
            if (asks && !moves(parameters, first, from, to, step + 1)) {
                break;
            }
            step++;
            double root = root(step);
            float scale = (float) (rate * root / unbias(step));
            float e = (float) (epsilon * root);
            for (int i = from; i < to; i++) {
                float m = b1 * first[i] + 0f;
                float v = b2 * second[i] + 0f;
                first[i] = m;
                second[i] = v;
                parameters[i] = keep * parameters[i] - scale * m / ((float) Math.sqrt(v) + e);
            }
        }
        fade(first, from, to, b1, until - step);
        fade(second, from, to, b2, until - step);
    }

    /**
     * Whether any of some first moments can still move its parameter in a step or in one after it.
     * The moment and the step's length, over a second moment of nought, shrink from step to step; a
     * number stays as it is if less than a quarter of its last place is taken from it. Half of that
     * is left for what the estimate itself loses in rounding.
     */
    private boolean moves(float[] parameters, float[] first, int from, int to, long step) {
        double most = rate / unbias(step) / (epsilon * root(step));
        for (int i = from; i < to; i++) {
            if (Math.abs(first[i]) * most >= Math.ulp(parameters[i]) / 8) {
                return true;
            }
        }
        return false;
    }

    /** Multiplies again and again, as the steps would have, until nothing changes any more. */
    private static void fade(float[] moment, int from, int to, float keep, long times) {
        for (long i = 0; i < times; i++) {
            for (int j = from; j < to; j++) {
                moment[j] = keep * moment[j] + 0f;
            }
            if (i % OFTEN == OFTEN - 1 && isFaded(moment, from, to, keep)) {
                return;
            }
        }
    }

    private static boolean isFaded(float[] moment, int from, int to, float keep) {
        for (int j = from; j < to; j++) {
            if (keep * moment[j] != moment[j]) {
                return false;
            }
        }
        return true;
    }

    private double root(long step) {
        return Math.sqrt(1 - power(beta2, step));
    }

    private double unbias(long step) {
        return 1 - power(beta1, step);
    }

    /** Nought where one less the power is one: it is at most e to the minus 40th. */
    private static double power(double base, long step) {
        return (1 - base) * step > FADED ? 0 : Math.pow(base, (double) step);
    }
}
