// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

/**
 * All experts together: {@code logit h = c + l_0 + sum_i beta_i (l_i - l_0)}, l_0 being what the
 * life table of all says. It begins as the mean of all and learns beta, none below 0, by logistic
 * regression in one pass (Adagrad): stacking (Wolpert 1992; Ting and Witten 1999). Experts that err
 * in different ways are better together than the best of them, which a mixture alone never is.
 */
final class Together {
    /** Of 0.003, 0.01 and 0.03 the best by log-loss on both spans of real ads. */
    private static final double RATE = 0.01;

    private final double[] betas = new double[Expert.ALONE];
    private final double[] squares = new double[Expert.ALONE];
    private double constant;
    private double constantSquares;

    Together() {
        Arrays.fill(betas, 1.0 / Expert.ALONE);
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
        double sum = constant + all;
        for (int i = 1; i < betas.length; i++) {
            sum += betas[i] * (logits[at + i * stride] - all);
        }
        return Odds.limited(sum);
    }

    /** Learns from an outcome: {@code dL/dbeta_i = w (h - y) (l_i - l_0)}. */
    void learn(double[] logits, boolean stop, double weight) {
        double pull = weight * (Odds.sigmoid(logit(logits, 0, 1)) - (stop ? 1 : 0));
        for (int i = 1; i < betas.length; i++) {
            double gradient = pull * (logits[i] - logits[0]);
            squares[i] += gradient * gradient;
            betas[i] = Math.max(0, betas[i] - RATE * gradient / Math.sqrt(1 + squares[i]));
        }
        constantSquares += pull * pull;
        constant -= RATE * pull / Math.sqrt(1 + constantSquares);
    }

    /** Parts that add up to 1: how much of it is whose. */
    double share(Expert expert) {
        double others = 0;
        for (int i = 1; i < betas.length; i++) {
            others += betas[i];
        }
        double first = Math.max(0, 1 - others);
        double own = expert == Expert.EVERYBODY ? first : betas[expert.place()];
        return own / (first + others);
    }

    void write(BinaryWriter out) {
        out.putDoubles(betas);
        out.putDoubles(squares);
        out.putDouble(constant);
        out.putDouble(constantSquares);
    }

    void read(BinaryReader in) {
        System.arraycopy(in.getDoubles(betas.length), 0, betas, 0, betas.length);
        System.arraycopy(in.getDoubles(squares.length), 0, squares, 0, squares.length);
        constant = in.getDouble();
        constantSquares = in.getDouble();
    }
}
