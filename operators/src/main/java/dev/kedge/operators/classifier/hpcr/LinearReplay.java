// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Baselines with a linear classifier: plain fine-tuning, experience replay (Chaudhry et al. 2019)
 * and dark experience replay, DER++ (Buzzega et al., NeurIPS 2020). Weights and biases start
 * uniform in +-1/sqrt(d).
 */
public final class LinearReplay implements ReplayObjective {
    private final Loss loss;
    private final Slice weight;
    private final Slice bias;
    private final double[] features;
    private final double[] featureGradient;
    private final double[] weights;
    private final double[] weightGradient;
    private final double[] biases;
    private final double[] biasGradient;
    private final double[] logits;
    private final double[] logitGradient;
    private final boolean[] present;
    private double matched;

    /**
     * What is learned from replayed rows, beside the mean cross entropy of the incoming ones.
     *
     * @param matching factor of the squared distance of the first draw's logits from those stored
     * @param firstEntropy factor of the first draw's cross entropy
     * @param secondEntropy factor of the second draw's cross entropy
     * @param presentOnly whether the softmax runs over the classes present in its own rows only
     *     (the "labels trick")
     */
    public record Loss(
            double matching, double firstEntropy, double secondEntropy, boolean presentOnly) {
        /** Nothing is replayed. */
        public static final Loss FINE_TUNING = new Loss(0, 0, 0, false);

        /** Replayed rows count like incoming ones. */
        public static final Loss EXPERIENCE_REPLAY = new Loss(0, 1, 0, false);

        /** DER++ with factors alpha and beta. */
        public static Loss darkExperience(double alpha, double beta) {
            return new Loss(alpha, 0, beta, false);
        }
    }

    /** Declares {@code linear/weight} and {@code linear/bias} and makes room. */
    public LinearReplay(Layout.Builder layout, Loss loss, int width, int maxClasses, int maxRows) {
        this.loss = loss;
        weight = layout.add("linear/weight", maxClasses, width);
        bias = layout.add("linear/bias", 1, maxClasses);
        features = new double[maxRows * width];
        featureGradient = new double[maxRows * width];
        weights = new double[maxClasses * width];
        weightGradient = new double[maxClasses * width];
        biases = new double[maxClasses];
        biasGradient = new double[maxClasses];
        logits = new double[maxRows * maxClasses];
        logitGradient = new double[maxRows * maxClasses];
        present = new boolean[maxClasses];
    }

    @Override
    public List<String> parts() {
        return List.of("entropy", "matching");
    }

    @Override
    public void tellParts(double whole, double[] values, int at) {
        values[at] = whole - loss.matching() * matched;
        values[at + 1] = matched;
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {}

    @Override
    public void appear(float[] parameters, int c, RestorableRandom random) {
        double bound = 1 / Math.sqrt(weight.columns());
        int at = weight.offset() + c * weight.columns();
        random.fillUniform(parameters, at, at + weight.columns(), bound);
        random.fillUniform(parameters, bias.offset() + c, bias.offset() + c + 1, bound);
    }

    @Override
    public void copy(float[] from, float[] to, int c) {
        int at = weight.offset() + c * weight.columns();
        System.arraycopy(from, at, to, at, weight.columns());
        to[bias.offset() + c] = from[bias.offset() + c];
    }

    @Override
    public void forget(float[] parameters, int c) {
        int at = weight.offset() + c * weight.columns();
        Arrays.fill(parameters, at, at + weight.columns(), 0);
        parameters[bias.offset() + c] = 0;
    }

    @Override
    public boolean learnsWithoutReplay() {
        return true;
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            ReplayBatch batch,
            double factor,
            float[] embeddingGradient,
            float[] gradient) {
        int rows = batch.rows();
        int classes = batch.classes();
        logits(parameters, embeddings, rows, classes);
        Arrays.fill(logitGradient, 0, rows * classes, 0);
        double value = losses(batch, factor);
        backward(rows, classes);
        Widening.add(featureGradient, embeddingGradient, 0, rows * weight.columns());
        Widening.add(weightGradient, gradient, weight.offset(), classes * weight.columns());
        Widening.add(biasGradient, gradient, bias.offset(), classes);
        return value;
    }

    /** Classes that no softmax of the step ran over: their gradient is 0, and so is their step. */
    @Override
    public void untouched(ReplayBatch batch, UntouchedRanges untouched) {
        int width = weight.columns();
        for (int c = 0; c < batch.classes(); c++) {
            boolean took = loss.presentOnly() ? batch.holds(c) : batch.known()[c];
            if (!took) {
                int at = weight.offset() + c * width;
                untouched.add(at, at + width);
                untouched.add(bias.offset() + c, bias.offset() + c + 1);
            }
        }
    }

    private double losses(ReplayBatch batch, double factor) {
        int first = batch.firstDraw();
        int replayed = batch.replayed();
        double value = entropy(batch, replayed, batch.rows(), factor);
        matched = 0;
        if (first > 0 && loss.matching() != 0) {
            int classes = batch.classes();
            double scale = factor * loss.matching();
            matched =
                    LogitMatching.evaluate(
                            logits, 0, first, classes, batch.teacher(), scale, logitGradient);
            value += loss.matching() * matched;
        }
        value += loss.firstEntropy() * entropy(batch, 0, first, factor * loss.firstEntropy());
        value +=
                loss.secondEntropy()
                        * entropy(batch, first, replayed, factor * loss.secondEntropy());
        return value;
    }

    private double entropy(ReplayBatch batch, int from, int to, double factor) {
        if (factor == 0) {
            return 0;
        }
        boolean[] allowed = allowed(batch, from, to);
        return CrossEntropy.evaluate(
                logits, batch.labels(), from, to, batch.classes(), allowed, factor, logitGradient);
    }

    private boolean[] allowed(ReplayBatch batch, int from, int to) {
        if (!loss.presentOnly()) {
            return batch.known();
        }
        CrossEntropy.allowPresent(batch.labels(), from, to, present);
        return present;
    }

    private void backward(int rows, int classes) {
        Arrays.fill(featureGradient, 0, rows * weight.columns(), 0);
        Arrays.fill(weightGradient, 0, classes * weight.columns(), 0);
        Arrays.fill(biasGradient, 0, classes, 0);
        LinearHead.backward(
                features,
                rows,
                weights,
                classes,
                weight.columns(),
                logitGradient,
                featureGradient,
                weightGradient,
                biasGradient);
    }

    @Override
    public double[] logits(float[] parameters, float[] embeddings, int rows, int classes) {
        Widening.widen(embeddings, 0, features, rows * weight.columns());
        Widening.widen(parameters, weight.offset(), weights, classes * weight.columns());
        Widening.widen(parameters, bias.offset(), biases, classes);
        LinearHead.forward(features, rows, weights, biases, classes, weight.columns(), logits);
        return logits;
    }

    @Override
    public double[] logits() {
        return logits;
    }
}
