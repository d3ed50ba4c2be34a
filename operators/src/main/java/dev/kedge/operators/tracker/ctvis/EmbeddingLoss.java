// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

/**
 * CTVIS' two losses of one contrastive item, with closed-form gradients. For an anchor v, positives
 * k+ and negatives k-:
 *
 * <pre>
 * L_emb = log(1 + sum_{k+} sum_{k-} exp(v.k- - v.k+))
 * L_aux = mean over all k of (cos(v, k) - y_k)^2, y = 1 for positives, else 0
 * </pre>
 *
 * The double sum is a product of two sums, so {@code L_emb = log(1 + e^u)} with {@code u =
 * logsumexp(v.k-) + logsumexp(-v.k+)}: no exponential overflows, and both losses take {@code 2 (n +
 * p) d} steps. The cosine to a vector shorter than 1e-12 is 0, and so is its gradient. What lacks
 * positives or negatives is no item: losses and gradients are 0. Not thread-safe.
 */
final class EmbeddingLoss {
    private static final double NO_LENGTH = 1e-12;

    private final int width;
    private Weights weights;
    private double[] towards = {};
    private double[] cosines = {};
    private double[] lengths = {};
    private double embedding;
    private double auxiliary;

    /**
     * Factors of the losses.
     *
     * @param embedding of the contrastive loss
     * @param auxiliary of the loss of cosines
     */
    public record Weights(double embedding, double auxiliary) {
        /** The authors' values. */
        public static final Weights REFERENCE = new Weights(2, 3);

        /** Checks the factors. */
        public Weights {
            require("embedding", embedding);
            require("auxiliary", auxiliary);
        }

        private static void require(String field, double value) {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "loss."
                                + field
                                + "-weight: "
                                + value
                                + " is not allowed; it must be at least 0 and finite");
            }
        }

        double total(double embedding, double auxiliary) {
            return this.embedding * embedding + this.auxiliary * auxiliary;
        }
    }

    /** For vectors of a width. */
    EmbeddingLoss(int width, Weights weights) {
        this.width = width;
        this.weights = weights;
    }

    /**
     * Whether there is something to tell apart: else it is no item, and does not count as one in a
     * mean over items.
     */
    static boolean isItem(int positives, int negatives) {
        return positives > 0 && negatives > 0;
    }

    /** The factors. */
    Weights weights() {
        return weights;
    }

    /** Other factors from now on. */
    void weigh(Weights other) {
        weights = other;
    }

    /**
     * Computes both losses of an item, and adds the gradient of their weighted sum.
     *
     * @param vectors rows of vectors
     * @param anchor row of v
     * @param keys rows of all k, the positives first
     * @param from first of the item's keys
     * @param positives how many positives there are
     * @param to end of the item's keys
     * @param scale factor of the gradient
     * @param gradient rows of gradients, added to
     */
    void evaluate(
            double[] vectors,
            int anchor,
            int[] keys,
            int from,
            int positives,
            int to,
            double scale,
            double[] gradient) {
        if (!isItem(positives, to - from - positives)) {
            embedding = 0;
            auxiliary = 0;
            return;
        }
        room(to - from);
        measure(vectors, anchor, keys, from, to);
        int count = to - from;
        int p = positives;
        double negative = logSumExp(p, count, 1);
        double positive = logSumExp(0, p, -1);
        double u = negative + positive;
        embedding = u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u));
        double pull = scale * weights.embedding() / (1 + Math.exp(-u));
        auxiliary = 0;
        for (int i = 0; i < count; i++) {
            double target = i < p ? 1 : 0;
            double miss = cosines[i] - target;
            auxiliary += miss * miss;
            // d L_emb / d (v.k): plus the share of a negative, minus the share of a positive.
            double share =
                    i < p ? -Math.exp(-towards[i] - positive) : Math.exp(towards[i] - negative);
            double byDot = pull * share;
            double byCosine = scale * weights.auxiliary() * 2 * miss / count;
            carry(vectors, anchor, keys[from + i], gradient, byDot, byCosine, count, i);
        }
        auxiliary /= count;
    }

    /** The contrastive loss of the last item. */
    double embedding() {
        return embedding;
    }

    /** The auxiliary loss of the last item. */
    double auxiliary() {
        return auxiliary;
    }

    private void room(int count) {
        if (towards.length < count) {
            towards = new double[2 * count];
            cosines = new double[2 * count];
            lengths = new double[2 * count + 1];
        }
    }

    private void measure(double[] vectors, int anchor, int[] keys, int from, int to) {
        int count = to - from;
        lengths[count] = length(vectors, anchor);
        for (int i = 0; i < count; i++) {
            int key = keys[from + i];
            double dot = 0;
            for (int k = 0; k < width; k++) {
                dot += vectors[anchor * width + k] * vectors[key * width + k];
            }
            lengths[i] = length(vectors, key);
            towards[i] = dot;
            cosines[i] = hasCosine(i, count) ? dot / (lengths[i] * lengths[count]) : 0;
        }
    }

    private boolean hasCosine(int i, int anchor) {
        return lengths[i] >= NO_LENGTH && lengths[anchor] >= NO_LENGTH;
    }

    private double length(double[] vectors, int row) {
        double sum = 0;
        for (int k = row * width; k < (row + 1) * width; k++) {
            sum += vectors[k] * vectors[k];
        }
        return Math.sqrt(sum);
    }

    private double logSumExp(int from, int to, int sign) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, sign * towards[i]);
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.exp(sign * towards[i] - max);
        }
        return max + Math.log(sum);
    }

    private void carry(
            double[] vectors,
            int anchor,
            int key,
            double[] gradient,
            double byDot,
            double byCosine,
            int count,
            int i) {
        double length = lengths[count];
        boolean turns = hasCosine(i, count);
        double cross = turns ? byCosine / (lengths[i] * length) : 0;
        double own = turns ? byCosine * cosines[i] / (length * length) : 0;
        double other = turns ? byCosine * cosines[i] / (lengths[i] * lengths[i]) : 0;
        double toBoth = byDot + cross;
        for (int k = 0; k < width; k++) {
            double v = vectors[anchor * width + k];
            double n = vectors[key * width + k];
            gradient[anchor * width + k] += toBoth * n - own * v;
            gradient[key * width + k] += toBoth * v - other * n;
        }
    }
}
