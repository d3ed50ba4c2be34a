// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.learner.Objective;
import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;

/**
 * The objective {@code ctvis}: a linear head that makes embeddings of the encoder's output, and
 * {@link ContrastiveClip}'s loss of them. Computes in double precision. Without a head the
 * encoder's output is the embedding.
 */
public final class CtvisObjective implements Objective<ClipRows> {
    /** Name of the objective. */
    public static final String NAME = "ctvis";

    private final Slice[] head;
    private final int inputs;
    private final int width;
    private final ContrastiveClip clip;
    private double[] embeddings = {};
    private double[] gradients = {};

    /**
     * Declares the head.
     *
     * @param inputs width of the encoder's output
     * @param outputs width of the head; 0 for none
     */
    public CtvisObjective(
            Layout.Builder layout, int inputs, int outputs, ContrastiveClip.Settings settings) {
        this.inputs = inputs;
        head =
                outputs == 0
                        ? new Slice[0]
                        : new Slice[] {
                            layout.add(NAME + "/head/weight", inputs, outputs),
                            layout.add(NAME + "/head/bias", 1, outputs)
                        };
        width = outputs == 0 ? inputs : outputs;
        clip = new ContrastiveClip(settings, width);
    }

    /** Width of the embeddings. */
    public int width() {
        return width;
    }

    /**
     * Initial weights are uniform in +-sqrt(3 / inputs): the head keeps the scale; biases are 0.
     */
    @Override
    public void initialise(float[] parameters, RestorableRandom random) {
        if (head.length > 0) {
            double bound = Math.sqrt(3.0 / inputs);
            random.fillUniform(parameters, head[0].offset(), head[0].end(), bound);
        }
    }

    /**
     * Makes embeddings.
     *
     * @param features the encoder's output, rows x inputs
     * @return rows x width, valid until the next call
     */
    public double[] project(float[] parameters, float[] features, int rows) {
        return project(parameters, features, 0, rows, 0);
    }

    private double[] project(float[] parameters, float[] features, int from, int rows, int more) {
        if (embeddings.length < (rows + more) * width) {
            embeddings = new double[2 * (rows + more) * width];
        }
        if (head.length == 0) {
            for (int k = 0; k < rows * width; k++) {
                embeddings[k] = features[from * inputs + k];
            }
            return embeddings;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                embeddings[i * width + j] = parameters[head[1].offset() + j];
            }
            for (int k = 0; k < inputs; k++) {
                double feature = features[(from + i) * inputs + k];
                int weight = head[0].offset() + k * width;
                for (int j = 0; j < width; j++) {
                    embeddings[i * width + j] += feature * parameters[weight + j];
                }
            }
        }
        return embeddings;
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
        double[] all = project(parameters, features, from, rows, more);
        System.arraycopy(batch.clip().constants(), 0, all, rows * width, more * width);
        if (gradients.length < rows * width) {
            gradients = new double[2 * rows * width];
        }
        Arrays.fill(gradients, 0, rows * width, 0);
        double loss = clip.evaluate(plan, all, more, weight, gradients);
        backward(parameters, features, from, rows, featureGradient, gradient);
        return loss;
    }

    /** Without a clip the head stays where it is. */
    @Override
    public void untouched(ClipRows batch, UntouchedRanges untouched) {
        if (batch.clip().plan().rows() == 0) {
            for (Slice slice : head) {
                untouched.add(slice.offset(), slice.end());
            }
        }
    }

    private void backward(
            float[] parameters,
            float[] features,
            int from,
            int rows,
            float[] featureGradient,
            float[] gradient) {
        if (head.length == 0) {
            for (int k = 0; k < rows * width; k++) {
                featureGradient[from * inputs + k] += (float) gradients[k];
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                gradient[head[1].offset() + j] += (float) gradients[i * width + j];
            }
            for (int k = 0; k < inputs; k++) {
                int at = head[0].offset() + k * width;
                double feature = features[(from + i) * inputs + k];
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    double g = gradients[i * width + j];
                    gradient[at + j] += (float) (feature * g);
                    sum += g * parameters[at + j];
                }
                featureGradient[(from + i) * inputs + k] += (float) sum;
            }
        }
    }

    /** Weighs the losses otherwise than the settings do, until told again. */
    void weigh(double embedding, double auxiliary) {
        clip.weigh(new EmbeddingLoss.Weights(embedding, auxiliary));
    }
}
