// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import java.util.List;

/**
 * PCR and HPCR: a proxy for each class, {@link HpcrLoss} between rows and proxies. A proxy starts
 * uniform in +-1/sqrt(d), whenever its class appears: the rate at which it learns depends on its
 * length.
 */
public final class ProxyReplay implements ReplayObjective {
    private final HpcrLoss loss;
    private final Slice slice;
    private final double scale;
    private final double[] features;
    private final double[] featureGradient;
    private final double[] proxies;
    private final double[] proxyGradient;
    private final double[] logits;
    private HpcrLoss.Parts parts = new HpcrLoss.Parts(0, 0, 0);

    /** Declares {@code hpcr/proxies} and makes room. */
    public ProxyReplay(
            Layout.Builder layout,
            HpcrLoss.Settings settings,
            int width,
            int maxClasses,
            int maxRows) {
        slice = layout.add("hpcr/proxies", maxClasses, width);
        loss = new HpcrLoss(settings, maxRows, maxClasses, width);
        scale = settings.scale();
        features = new double[maxRows * width];
        featureGradient = new double[maxRows * width];
        proxies = new double[maxClasses * width];
        proxyGradient = new double[maxClasses * width];
        logits = new double[maxRows * maxClasses];
    }

    @Override
    public List<String> parts() {
        return List.of("contrastive", "proxy-distillation", "sample-distillation");
    }

    @Override
    public void tellParts(double loss, double[] values, int at) {
        values[at] = parts.contrastive();
        values[at + 1] = parts.proxyDistillation();
        values[at + 2] = parts.sampleDistillation();
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {}

    @Override
    public void appear(float[] parameters, int c, RestorableRandom random) {
        int at = slice.offset() + c * slice.columns();
        random.fillUniform(parameters, at, at + slice.columns(), 1 / Math.sqrt(slice.columns()));
    }

    @Override
    public void copy(float[] from, float[] to, int c) {
        int at = slice.offset() + c * slice.columns();
        System.arraycopy(from, at, to, at, slice.columns());
    }

    @Override
    public void forget(float[] parameters, int c) {
        int at = slice.offset() + c * slice.columns();
        Arrays.fill(parameters, at, at + slice.columns(), 0);
    }

    @Override
    public boolean learnsWithoutReplay() {
        return false;
    }

    @Override
    public double learn(
            float[] parameters,
            float[] embeddings,
            ReplayBatch batch,
            double weight,
            float[] embeddingGradient,
            float[] gradient) {
        int embedded = batch.rows() * slice.columns();
        int proxied = batch.classes() * slice.columns();
        Widening.widen(embeddings, 0, features, embedded);
        Widening.widen(parameters, slice.offset(), proxies, proxied);
        Arrays.fill(featureGradient, 0, embedded, 0);
        Arrays.fill(proxyGradient, 0, proxied, 0);
        loss.weigh(batch.alpha(), batch.beta());
        parts =
                loss.evaluate(
                        batch.step(features),
                        proxies,
                        batch.classes(),
                        batch.temperatures(),
                        batch.kappa(),
                        weight,
                        featureGradient,
                        proxyGradient);
        scale(batch.rows(), batch.classes());
        Widening.add(featureGradient, embeddingGradient, 0, embedded);
        Widening.add(proxyGradient, gradient, slice.offset(), proxied);
        return loss.total(parts, batch.kappa());
    }

    /** The proxies of classes without rows: their gradient is 0, and so shall be their step. */
    @Override
    public void untouched(ReplayBatch batch, UntouchedRanges untouched) {
        int width = slice.columns();
        for (int c = 0; c < batch.classes(); c++) {
            if (!batch.holds(c)) {
                int at = slice.offset() + c * width;
                untouched.add(at, at + width);
            }
        }
    }

    @Override
    public double[] logits(float[] parameters, float[] embeddings, int rows, int classes) {
        Widening.widen(embeddings, 0, features, rows * slice.columns());
        Widening.widen(parameters, slice.offset(), proxies, classes * slice.columns());
        loss.geometry().forward(features, rows, proxies, classes);
        scale(rows, classes);
        return logits;
    }

    @Override
    public double[] logits() {
        return logits;
    }

    private void scale(int rows, int classes) {
        double[] cosines = loss.geometry().cosines();
        for (int i = 0; i < rows * classes; i++) {
            logits[i] = cosines[i] / scale;
        }
    }
}
