// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * All experts together: {@code logit h = c + l_0 + sum_i beta_i (l_i - l_0)}, l_0 being what the
 * life table of all says: stacking (Wolpert 1992; Ting and Witten 1999). Experts that err in
 * different ways are better together than the best of them, which a mixture alone never is.
 *
 * <p>It learns c and beta, none of beta below 0, by one online Newton step of a logistic regression
 * an outcome, with forgetting, as {@link dev.kedge.operators.ads.calibration.PlattCalibrator} does:
 * the net becomes better with time, and first-order steps are too slow to follow. Its prior is the
 * mean of the two that read all inputs, the linear expert and the net.
 */
final class Together {
    /**
     * Information of the prior on each weight: that of 400 outcomes at an even chance whose log
     * odds are 1 apart. Of 10, 30, 100, 300 and 1,000 the best over both spans of real ads and the
     * simulated market together.
     */
    private static final double PRIOR = 100;

    /**
     * Outcomes after which an old one counts only 1/e. Of 5,000, 10,000, 30,000 and no end the best
     * over both spans of real ads; to the simulated market it is all one.
     */
    private static final double MEMORY = 30_000;

    private static final int COUNT = Expert.ALONE;

    /** The constant, then the weights of all but the first expert. */
    private final double[] weights = new double[COUNT];

    /** A symmetric matrix, row by row. */
    private final double[] information = new double[COUNT * COUNT];

    Together() {
        for (int i = 0; i < COUNT; i++) {
            weights[i] = prior(i);
        }
    }

    private static double prior(int place) {
        return place == Expert.LINEAR.place() || place == Expert.NET.place() ? 0.5 : 0;
    }

    /**
     * Log odds.
     *
     * @param logits experts x columns
     * @param at place of the first expert's
     * @param stride distance to the next expert's
     */
    double logit(double[] logits, int at, int stride) {
        double all = logits[at];
        double sum = weights[0] + all;
        for (int i = 1; i < COUNT; i++) {
            sum += weights[i] * (logits[at + i * stride] - all);
        }
        return Odds.limited(sum);
    }

    /** Learns from an outcome. */
    void learn(double[] logits, boolean stop, double weight) {
        double h = Odds.sigmoid(logit(logits, 0, 1));
        double error = weight * ((stop ? 1 : 0) - h);
        double keep = Math.exp(-weight / MEMORY);
        double[] pull = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double x = input(logits, i);
            for (int j = 0; j < COUNT; j++) {
                double added = weight * h * (1 - h) * x * input(logits, j);
                information[i * COUNT + j] = keep * information[i * COUNT + j] + added;
            }
            pull[i] = error * x + (1 - keep) * PRIOR * (prior(i) - weights[i]);
        }
        step(pull);
    }

    /**
     * Makes Newton's step. Weights that would fall below 0 are held at 0, and the step of the
     * others is found anew: cut off afterwards, it would not fit.
     */
    private void step(double[] pull) {
        boolean[] held = new boolean[COUNT];
        double[] step;
        boolean more;
        do {
            step = solve(pull, held);
            more = false;
            for (int i = 1; i < COUNT; i++) {
                if (!held[i] && weights[i] + step[i] < 0) {
                    held[i] = true;
                    more = true;
                }
            }
        } while (more);
        for (int i = 0; i < COUNT; i++) {
            weights[i] = held[i] ? 0 : weights[i] + step[i];
        }
    }

    private double[] solve(double[] pull, boolean[] held) {
        double[] matrix = new double[information.length];
        double[] step = pull.clone();
        for (int i = 0; i < COUNT; i++) {
            for (int j = 0; j < COUNT; j++) {
                int at = i * COUNT + j;
                if (held[i] || held[j]) {
                    // What is held makes the step -weight: it goes to the other side.
                    step[i] += held[i] ? 0 : information[at] * weights[j];
                } else {
                    matrix[at] = information[at];
                }
            }
            matrix[i * COUNT + i] += PRIOR;
        }
        Cholesky.solve(matrix, step);
        return step;
    }

    private static double input(double[] logits, int place) {
        return place == 0 ? 1 : logits[place] - logits[0];
    }

    /** Parts that add up to 1: how much of it is whose. */
    double share(Expert expert) {
        double others = 0;
        for (int i = 1; i < COUNT; i++) {
            others += weights[i];
        }
        double first = Math.max(0, 1 - others);
        double own = expert == Expert.EVERYBODY ? first : weights[expert.place()];
        return own / (first + others);
    }

    void write(BinaryWriter out) {
        out.putDoubles(weights);
        out.putDoubles(information);
    }

    void read(BinaryReader in) {
        System.arraycopy(in.getDoubles(COUNT), 0, weights, 0, COUNT);
        System.arraycopy(in.getDoubles(information.length), 0, information, 0, information.length);
    }
}
