// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation of feature maps (Ioffe and Szegedy 2015), fused with what follows it in a
 * residual network: {@code y = max(0, gamma xhat + beta + residual)}, the residual and the
 * rectifier being optional. Learning normalises each {@link Batch#group group} of rows by its own
 * mean and (biased) variance; answering by the running ones, which are slices of the parameter
 * vector that follow by a tenth, the variance unbiased, group after group.
 *
 * <p>Maps lie as rows x channels x plane. Scratch space of one task: what the last training pass
 * found in each group.
 */
final class BatchNormalisation {
    /** Stands for a residual or an activation that is not there. */
    static final float[] NONE = {};

    private static final double EPSILON = 1e-5;
    private static final float MOMENTUM = 0.1f;

    private final int channels;
    private final int plane;
    private final Slice weight;
    private final Slice bias;
    private final Slice mean;
    private final Slice variance;
    private float[] groupMean = NONE;
    private float[] groupInverse = NONE;
    private float[] groupVariance = NONE;
    private int[] order = {};
    private int[] end = {};
    private int groups;

    /**
     * Declares {@code name/weight}, {@code /bias}, {@code /running-mean} and {@code
     * /running-variance}.
     *
     * @param plane values of a map
     */
    BatchNormalisation(Layout.Builder layout, String name, int channels, int plane) {
        this.channels = channels;
        this.plane = plane;
        weight = layout.add(name + "/weight", 1, channels);
        bias = layout.add(name + "/bias", 1, channels);
        mean = layout.add(name + "/running-mean", 1, channels);
        variance = layout.add(name + "/running-variance", 1, channels);
    }

    void initialise(float[] parameters) {
        Arrays.fill(parameters, weight.offset(), weight.end(), 1);
        Arrays.fill(parameters, bias.offset(), bias.end(), 0);
        Arrays.fill(parameters, mean.offset(), mean.end(), 0);
        Arrays.fill(parameters, variance.offset(), variance.end(), 1);
    }

    List<Slice> statistics() {
        return List.of(mean, variance);
    }

    /**
     * Normalises by the running statistics.
     *
     * @param x rows x channels x plane
     * @param residual as x, or {@link #NONE}
     * @param y receives the outcome
     */
    void forward(
            float[] parameters,
            float[] x,
            int rows,
            float[] residual,
            boolean rectified,
            float[] y) {
        for (int c = 0; c < channels; c++) {
            float inverse = (float) (1 / Math.sqrt(parameters[variance.offset() + c] + EPSILON));
            float scale = parameters[weight.offset() + c] * inverse;
            float shift = parameters[bias.offset() + c] - parameters[mean.offset() + c] * scale;
            for (int i = 0; i < rows; i++) {
                apply(scale, shift, x, at(i, c), residual, rectified, y);
            }
        }
    }

    /**
     * Normalises each group by its own statistics.
     *
     * @param x rows x channels x plane
     * @param batch says which rows belong together
     * @param residual as x, or {@link #NONE}
     * @param y receives the outcome
     */
    void forwardToLearn(
            float[] parameters,
            float[] x,
            Batch batch,
            float[] residual,
            boolean rectified,
            float[] y) {
        sort(batch);
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < channels && begin(g) < end[g]; c++) {
                measure(x, g, c);
                float scale = parameters[weight.offset() + c] * groupInverse[g * channels + c];
                float shift = parameters[bias.offset() + c] - groupMean[g * channels + c] * scale;
                for (int i = begin(g); i < end[g]; i++) {
                    apply(scale, shift, x, at(order[i], c), residual, rectified, y);
                }
            }
        }
    }

    /** Lists the rows group by group. */
    private void sort(Batch batch) {
        groups = batch.groups();
        if (end.length < groups) {
            groupMean = new float[groups * channels];
            groupInverse = new float[groups * channels];
            groupVariance = new float[groups * channels];
            end = new int[groups];
        }
        if (order.length < batch.rows()) {
            order = new int[batch.rows()];
        }
        int count = 0;
        for (int g = 0; g < groups; g++) {
            for (int i = 0; i < batch.rows(); i++) {
                if (batch.group(i) == g) {
                    order[count++] = i;
                }
            }
            end[g] = count;
        }
    }

    private int begin(int g) {
        return g == 0 ? 0 : end[g - 1];
    }

    private double count(int g) {
        return (double) (end[g] - begin(g)) * plane;
    }

    private void measure(float[] x, int g, int c) {
        double sum = 0;
        for (int i = begin(g); i < end[g]; i++) {
            sum += PlaneSums.sum(x, at(order[i], c), plane);
        }
        float m = (float) (sum / count(g));
        double squares = 0;
        for (int i = begin(g); i < end[g]; i++) {
            squares += PlaneSums.squares(x, at(order[i], c), plane, m);
        }
        int at = g * channels + c;
        groupMean[at] = m;
        groupInverse[at] = (float) (1 / Math.sqrt(squares / count(g) + EPSILON));
        groupVariance[at] = (float) (squares / Math.max(1, count(g) - 1));
    }

    private void apply(
            float scale,
            float shift,
            float[] x,
            int at,
            float[] residual,
            boolean rectified,
            float[] y) {
        if (residual.length > 0) {
            for (int k = at; k < at + plane; k++) {
                y[k] = Math.max(0, scale * x[k] + shift + residual[k]);
            }
        } else if (rectified) {
            for (int k = at; k < at + plane; k++) {
                y[k] = Math.max(0, scale * x[k] + shift);
            }
        } else {
            for (int k = at; k < at + plane; k++) {
                y[k] = scale * x[k] + shift;
            }
        }
    }

    /** Moves the running statistics towards those of the last training pass. */
    void follow(float[] parameters) {
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < channels && begin(g) < end[g]; c++) {
                int m = mean.offset() + c;
                int v = variance.offset() + c;
                int at = g * channels + c;
                parameters[m] = (1 - MOMENTUM) * parameters[m] + MOMENTUM * groupMean[at];
                parameters[v] = (1 - MOMENTUM) * parameters[v] + MOMENTUM * groupVariance[at];
            }
        }
    }

    /**
     * Carries the gradient of the last training pass back.
     *
     * @param x what came in
     * @param y what went out if it was rectified, else {@link #NONE}
     * @param dy gradient of y; set to 0 where the rectifier was shut, which makes it that of the
     *     residual
     * @param dx receives the gradient of x
     * @param gradient flat gradient vector, added to
     */
    void backward(
            float[] parameters, float[] x, float[] y, float[] dy, float[] dx, float[] gradient) {
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < channels && begin(g) < end[g]; c++) {
                backward(parameters, x, y, g, c, dy, dx, gradient);
            }
        }
    }

    private void backward(
            float[] parameters,
            float[] x,
            float[] y,
            int g,
            int c,
            float[] dy,
            float[] dx,
            float[] gradient) {
        float m = groupMean[g * channels + c];
        float inverse = groupInverse[g * channels + c];
        double plain = 0;
        double along = 0;
        for (int i = begin(g); i < end[g]; i++) {
            int at = at(order[i], c);
            if (y.length > 0) {
                Rectifier.shut(y, dy, at, plane);
            }
            plain += PlaneSums.sum(dy, at, plane);
            along += PlaneSums.products(dy, x, at, plane, m);
        }
        along *= inverse;
        gradient[bias.offset() + c] += (float) plain;
        gradient[weight.offset() + c] += (float) along;
        float scale = parameters[weight.offset() + c] * inverse;
        float slope = (float) (-scale * inverse * along / count(g));
        float shift = (float) (-scale * plain / count(g));
        for (int i = begin(g); i < end[g]; i++) {
            int at = at(order[i], c);
            for (int k = at; k < at + plane; k++) {
                dx[k] = scale * dy[k] + slope * (x[k] - m) + shift;
            }
        }
    }

    private int at(int row, int c) {
        return (row * channels + c) * plane;
    }
}
