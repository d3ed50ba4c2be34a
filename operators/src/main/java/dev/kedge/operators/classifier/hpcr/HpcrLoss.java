// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Holistic proxy-based contrastive replay (Lin et al., TNNLS 2025): {@code kappa L_contrastive +
 * alpha L_PCD + beta L_SCD}. PCR is the same with kappa 1 and alpha and beta 0. While nothing is
 * replayed, loss and gradients are 0. Scratch space of one task.
 */
public final class HpcrLoss {
    private static final Parts NOTHING = new Parts(0, 0, 0);

    private final Settings settings;
    private final CosineGeometry geometry;
    private final ProxyContrastiveLoss proxies;
    private final PairContrastiveLoss pairs;
    private final ProxyDistillation proxyDistillation;
    private final SampleDistillation sampleDistillation;
    private final int[] counts;
    private double alpha;
    private double beta;

    /** Which pairs between samples stand beside those of samples and proxies. */
    @PublicApi
    public enum Pairs {
        /** None: PCR's loss. */
        OFF,
        /** All; samples are the anchors. */
        ONE,
        /** All; samples and proxies are the anchors. */
        ALL,
        /** As {@link #ONE} in steps of enough rows, else as {@link #OFF}. */
        MIN_ROWS
    }

    /** Values of the loss. */
    @PublicApi
    public record Settings(
            @Meaning("tau of contrast and of sample-contrastive distillation; above 0.")
                    @Range(above = 0)
                    double temperature,
            @Meaning("sigma by which cosines become logits; above 0.") @Range(above = 0)
                    double scale,
            @Meaning("Which pairs between samples stand in HPCR's contrastive component.")
                    Pairs pairs,
            @Meaning("From how many rows of a step on `min-rows` adds the pairs.") int minRows,
            @Meaning(
                            "Weight of proxy-contrastive distillation; the authors have 0.01 for CIFAR-10, else 0.1.")
                    double alpha,
            @Meaning("Weight of sample-contrastive distillation.") double beta,
            @Meaning(
                            "What proxy-contrastive distillation does about classes that the teacher did not know.")
                    ProxyDistillation.Unknown unknown,
            @Meaning("Whether positives leave the denominator.") boolean decoupled)
            implements Serializable {
        /** The authors' values, with alpha as for CIFAR-100; pairs off. */
        public static final Settings REFERENCE =
                new Settings(
                        0.09, 0.09, Pairs.OFF, 0, 0.1, 0.5, ProxyDistillation.Unknown.MASK, false);

        /** The same without distillation. */
        public Settings withoutDistillation() {
            return withDistillation(0, 0);
        }

        /** The same with other weights of distillation. */
        public Settings withDistillation(double newAlpha, double newBeta) {
            return new Settings(
                    temperature, scale, pairs, minRows, newAlpha, newBeta, unknown, decoupled);
        }
    }

    /**
     * The rows of a step: replayed rows first, then incoming ones; within each, first the plain
     * view of all, then the augmented one.
     *
     * @param features rows x width
     * @param labels class of each row
     * @param rows N
     * @param replayed R, all views
     * @param teacher one row for each replayed sample; not looked at unless {@code distil}
     * @param distil whether distillation is switched on
     * @param alone whether the incoming rows are learned though nothing is replayed, as they are to
     *     look ahead
     */
    public record Step(
            double[] features,
            int[] labels,
            int rows,
            int replayed,
            Teacher teacher,
            boolean distil,
            boolean alone) {
        /** A step that only replay makes one. */
        public Step(
                double[] features,
                int[] labels,
                int rows,
                int replayed,
                Teacher teacher,
                boolean distil) {
            this(features, labels, rows, replayed, teacher, distil, false);
        }
    }

    /**
     * The three terms before their weights.
     *
     * @param contrastive contrastive component
     * @param proxyDistillation PCD, 0 if off
     * @param sampleDistillation SCD, 0 if off
     */
    public record Parts(double contrastive, double proxyDistillation, double sampleDistillation) {}

    /** Makes room. */
    public HpcrLoss(Settings settings, int maxRows, int maxClasses, int width) {
        this.settings = Schema.checked(settings);
        geometry = new CosineGeometry(maxRows, maxClasses, width);
        proxies = new ProxyContrastiveLoss(maxClasses, settings.decoupled());
        pairs =
                new PairContrastiveLoss(
                        settings.pairs() == Pairs.OFF ? 0 : maxRows, width, settings.decoupled());
        proxyDistillation = new ProxyDistillation(settings.scale(), settings.unknown());
        sampleDistillation = new SampleDistillation(maxRows, width, settings.temperature());
        counts = new int[maxClasses];
        alpha = settings.alpha();
        beta = settings.beta();
    }

    /**
     * Weighs the terms of distillation otherwise from the next step on.
     *
     * @param newAlpha of proxy-contrastive distillation, not a number for that of the settings
     * @param newBeta of sample-contrastive distillation, not a number for that of the settings
     */
    public void weigh(double newAlpha, double newBeta) {
        alpha = Double.isNaN(newAlpha) ? settings.alpha() : newAlpha;
        beta = Double.isNaN(newBeta) ? settings.beta() : newBeta;
    }

    /**
     * Terms and gradients.
     *
     * @param step the rows
     * @param proxyRows proxies, classes x width
     * @param temperatures temperature of each class
     * @param kappa factor of the contrastive component
     * @param factor multiplies both gradients
     * @param featureGradient rows x width, added to
     * @param proxyGradient classes x width, added to
     */
    public Parts evaluate(
            Step step,
            double[] proxyRows,
            int classes,
            double[] temperatures,
            double kappa,
            double factor,
            double[] featureGradient,
            double[] proxyGradient) {
        geometry.forward(step.features(), step.rows(), proxyRows, classes);
        if (step.replayed() == 0 && !step.alone()) {
            return NOTHING;
        }
        count(step, classes);
        double contrastive = contrastive(step, temperatures, factor * kappa);
        double ofProxies = 0;
        double ofSamples = 0;
        if (step.distil() && step.replayed() > 0) {
            double a = factor * alpha;
            double b = factor * beta;
            ofProxies =
                    alpha == 0
                            ? 0
                            : proxyDistillation.evaluate(
                                    geometry, step.replayed(), counts, step.teacher(), a);
            ofSamples =
                    beta == 0
                            ? 0
                            : sampleDistillation.evaluate(
                                    geometry, step.replayed(), step.teacher(), b);
        }
        geometry.backward(featureGradient, proxyGradient);
        return new Parts(contrastive, ofProxies, ofSamples);
    }

    /** The weighted sum of the terms. */
    public double total(Parts parts, double kappa) {
        return kappa * parts.contrastive()
                + alpha * parts.proxyDistillation()
                + beta * parts.sampleDistillation();
    }

    /** Cosines, directions and logits of the last step, before its gradients were used. */
    public CosineGeometry geometry() {
        return geometry;
    }

    private double contrastive(Step step, double[] temperatures, double factor) {
        boolean enough = step.rows() >= settings.minRows();
        return switch (settings.pairs()) {
            case OFF -> proxies.evaluate(geometry, step.labels(), counts, temperatures, factor);
            case ONE -> pairs.evaluate(geometry, step.labels(), false, temperatures, factor);
            case ALL -> pairs.evaluate(geometry, step.labels(), true, temperatures, factor);
            case MIN_ROWS ->
                    enough
                            ? pairs.evaluate(geometry, step.labels(), false, temperatures, factor)
                            : proxies.evaluate(
                                    geometry, step.labels(), counts, temperatures, factor);
        };
    }

    private void count(Step step, int classes) {
        Arrays.fill(counts, 0, classes, 0);
        for (int i = 0; i < step.rows(); i++) {
            counts[step.labels()[i]]++;
        }
    }
}
