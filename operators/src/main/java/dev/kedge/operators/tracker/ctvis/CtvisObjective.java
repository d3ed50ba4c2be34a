// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.learner.Objective;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import java.util.List;

/**
 * The objective {@code ctvis}: an {@link EmbeddingHead} that makes embeddings of the encoder's
 * output, and {@link ContrastiveClip}'s loss of them. Without a head the encoder's output is the
 * embedding.
 */
public final class CtvisObjective implements Objective<ClipRows> {
    /** Name of the objective. */
    public static final String NAME = "ctvis";

    private final EmbeddingHead head;
    private final ContrastiveClip clip;
    private double[] gradients = {};

    /**
     * Declares a linear head.
     *
     * @param inputs width of the encoder's output
     * @param outputs width of the head; 0 for none
     */
    public CtvisObjective(
            Layout.Builder layout, int inputs, int outputs, ContrastiveClip.Settings settings) {
        this(layout, inputs, EmbeddingHead.Settings.linear(outputs), settings);
    }

    CtvisObjective(
            Layout.Builder layout,
            int inputs,
            EmbeddingHead.Settings head,
            ContrastiveClip.Settings settings) {
        this.head = new EmbeddingHead(layout, NAME + "/head", inputs, head);
        clip = new ContrastiveClip(settings, this.head.width());
    }

    /** Width of the embeddings. */
    public int width() {
        return head.width();
    }

    @Override
    public List<String> parts() {
        return List.of(NAME);
    }

    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        head.initialise(parameters, random);
    }

    /**
     * Makes embeddings.
     *
     * @param features the encoder's output, rows x inputs
     * @return rows x width, valid until the next call
     */
    public double[] project(float[] parameters, float[] features, int rows) {
        return head.embed(parameters, features, 0, rows, 0);
    }

    @Override
    public double learn(
            float[] parameters,
            float[] features,
            ClipRows batch,
            double weight,
            float[] featureGradient,
            float[] gradient) {
        ClipPlan plan = batch.clip().plan();
        int rows = plan.rows();
        int from = batch.clipFrom();
        int more = batch.clip().constantCount();
        int width = head.width();
        double[] all = head.embed(parameters, features, from, rows, more);
        System.arraycopy(batch.clip().constants(), 0, all, rows * width, more * width);
        if (gradients.length < rows * width) {
            gradients = new double[2 * rows * width];
        }
        Arrays.fill(gradients, 0, rows * width, 0);
        double loss = clip.evaluate(plan, all, more, weight, gradients);
        head.backward(parameters, features, from, rows, gradients, featureGradient, gradient);
        return loss;
    }

    /** Without a clip the head stays where it is. */
    @Override
    public void untouched(ClipRows batch, UntouchedRanges untouched) {
        if (batch.clip().plan().rows() == 0) {
            head.untouched(untouched);
        }
    }

    /** Weighs the losses otherwise than the settings do, until told again. */
    void weigh(double embedding, double auxiliary) {
        clip.weigh(new EmbeddingLoss.Weights(embedding, auxiliary));
    }
}
