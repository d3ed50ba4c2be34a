// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * Mixes the hazards of the experts: {@code h = sum_i w_i h_i}. After each outcome every weight is
 * multiplied by the probability that its expert gave to what happened, to the power of how much the
 * outcome counts: exponential weights on log-loss (Vovk 1990). Whatever happens, the mixture's
 * summed log-loss, each outcome as much as it counts, is at any moment within {@code ln(1 / w)} of
 * an expert's, w being the weight that it began with. With a share above 0, that part of the weight
 * is dealt out among all after each outcome (fixed share, Herbster and Warmuth 1998), and the same
 * holds, with about {@code ln(N / share)} more, N being their number, for each change and {@code
 * share} for each outcome, beside the best sequence of experts. Weights are kept as logarithms, so
 * that none is ever lost.
 */
final class Mixture {
    /** Outcomes after which an old one counts only 1/e in the losses that are told. */
    private static final double MEMORY = 5_000;

    private static final double KEEP = Math.exp(-1 / MEMORY);

    private final double share;
    private final double[] logWeights;
    private final double[] weights;
    private final double[] losses;
    private double seen;

    /**
     * Nothing was seen yet.
     *
     * @param prior weights, each above 0, that add up to 1
     * @param share of the weight that is dealt out anew after each outcome
     */
    Mixture(double[] prior, double share) {
        this.share = share;
        logWeights = new double[prior.length];
        weights = new double[prior.length];
        losses = new double[prior.length];
        for (int i = 0; i < prior.length; i++) {
            logWeights[i] = Math.log(prior[i]);
        }
        weigh();
    }

    double weight(int expert) {
        return weights[expert];
    }

    /**
     * Learns from an outcome.
     *
     * @param hazards what each expert had foretold, within 0 and 1
     * @param weight how much it counts, above 0 and at most 1
     * @return as much as the log-loss of what the mixture had foretold, times the weight, can be:
     *     it is that loss for a weight of 1, and no less below
     */
    double learn(double[] hazards, boolean stop, double weight) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            double given = weight * Math.log(stop ? hazards[i] : 1 - hazards[i]);
            losses[i] = KEEP * losses[i] - given;
            logWeights[i] += given;
            highest = Math.max(highest, logWeights[i]);
        }
        seen = KEEP * seen + weight;
        double sum = 0;
        for (double log : logWeights) {
            sum += Math.exp(log - highest);
        }
        double mixed = highest + Math.log(sum);
        for (int i = 0; i < weights.length; i++) {
            logWeights[i] -= mixed;
        }
        if (share > 0) {
            dealOut();
        }
        weigh();
        return -mixed;
    }

    private void dealOut() {
        for (int i = 0; i < weights.length; i++) {
            double kept = (1 - share) * Math.exp(logWeights[i]);
            logWeights[i] = Math.log(kept + share / weights.length);
        }
    }

    private void weigh() {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(logWeights[i]);
        }
    }

    /** How much was seen, older outcomes counting less. */
    double seen() {
        return seen;
    }

    /** Sum of an expert's losses, older ones counting less. */
    double loss(int expert) {
        return losses[expert];
    }

    void write(BinaryWriter out) {
        out.putDoubles(logWeights);
        out.putDoubles(losses);
        out.putDouble(seen);
    }

    void read(BinaryReader in) {
        System.arraycopy(in.getDoubles(weights.length), 0, logWeights, 0, weights.length);
        weigh();
        System.arraycopy(in.getDoubles(losses.length), 0, losses, 0, losses.length);
        seen = in.getDouble();
    }
}
