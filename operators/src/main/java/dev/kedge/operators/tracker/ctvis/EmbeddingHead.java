// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.operators.learner.UntouchedRanges;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import dev.kedge.state.random.RestorableRandom;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import java.io.Serializable;

/**
 * Makes embeddings of an encoder's output: a linear map {@code h = x W + b}, then, with a scale s,
 * {@code e = s h / |h|}. Backward, {@code dL/dh = s / |h| (dL/de - (dL/de . h') h')} with {@code h'
 * = h / |h|}. Computes in double precision. Not thread-safe.
 */
public final class EmbeddingHead {
    private static final double NO_LENGTH = 1e-12;

    /** Most weights that {@link Start#AUTO} makes orthogonal: more take seconds. */
    private static final int MOST = 1 << 20;

    private final Slice[] slices;
    private final int inputs;
    private final int width;
    private final double scale;
    private final boolean orthogonal;
    private double[] embeddings = {};
    private double[] lengths = {};

    /** How the weights of a new head are drawn. */
    @PublicApi
    public enum Start {
        /** Orthogonal where nothing below the head is learned, else uniform. */
        AUTO,
        /** Uniform in +-sqrt(3 / inputs): the head keeps the mean square of its inputs. */
        UNIFORM,
        /**
         * An isometry: the embeddings begin as what came in, cosines and all. Where the head is
         * narrower than its inputs, a projection onto a random subspace that keeps squares in the
         * mean.
         */
        ORTHOGONAL
    }

    /** What a head is like. */
    @PublicApi
    public record Settings(
            @Meaning(
                            "Width of the linear head over the encoder; 0 for none, so that the features are the embedding; at most 4,096. The authors have 256.")
                    @Range(min = 0, max = 4096)
                    int embedding,
            @Meaning(
                            "Length that all embeddings are brought to, so that products of two are cosines times its square; 0 to 100, and 0 leaves lengths as they come, as the authors do. At about 3 a stream that changes cannot drive lengths up, and cosines are what is learned.")
                    @Range(min = 0, max = 100)
                    double embeddingScale,
            @Meaning(
                            "What a new head is: `uniform` weights, or an `orthogonal` map, by which embeddings begin as alike as what came in. `auto` is orthogonal where detections bring their embedding (encoder `identity`), else uniform.")
                    Start embeddingStart)
            implements Serializable {
        /** The authors' head, of a width: linear, with lengths as they come. */
        public static Settings linear(int width) {
            return new Settings(width, 0, Start.AUTO);
        }
    }

    /**
     * Declares the head.
     *
     * @param name begins the names of its parameters
     * @param inputs width of the encoder's output
     */
    EmbeddingHead(Layout.Builder layout, String name, int inputs, Settings settings) {
        int outputs = settings.embedding();
        boolean givenInputs = layout.build().size() == 0;
        this.inputs = inputs;
        slices =
                outputs == 0
                        ? new Slice[0]
                        : new Slice[] {
                            layout.add(name + "/weight", inputs, outputs),
                            layout.add(name + "/bias", 1, outputs)
                        };
        width = outputs == 0 ? inputs : outputs;
        scale = settings.embeddingScale();
        orthogonal =
                settings.embeddingStart() == Start.ORTHOGONAL
                        || (settings.embeddingStart() == Start.AUTO
                                && givenInputs
                                && inputs * (long) width <= MOST);
    }

    /** Width of the embeddings. */
    int width() {
        return width;
    }

    /** Initial weights, as the settings say; biases are 0. */
    void initialise(float[] parameters, RestorableRandom random) {
        if (slices.length == 0) {
            return;
        }
        if (!orthogonal) {
            double bound = Math.sqrt(3.0 / inputs);
            random.fillUniform(parameters, slices[0].offset(), slices[0].end(), bound);
        } else if (width >= inputs) {
            for (int k = 0; k < inputs; k++) {
                parameters[slices[0].offset() + k * width + k] = 1;
            }
        } else {
            project(parameters, random);
        }
    }

    /** Orthonormal columns, times the root of what share of the dimensions is lost. */
    private void project(float[] parameters, RestorableRandom random) {
        float[] drawn = new float[inputs];
        double[][] columns = new double[width][inputs];
        double root = Math.sqrt(inputs / (double) width);
        for (int j = 0; j < width; j++) {
            random.fillUniform(drawn, 0, inputs, 1);
            for (int k = 0; k < inputs; k++) {
                columns[j][k] = drawn[k];
            }
            // Twice is enough: what the first pass leaves is rounding.
            straighten(columns, j);
            straighten(columns, j);
            for (int k = 0; k < inputs; k++) {
                parameters[slices[0].offset() + k * width + j] = (float) (root * columns[j][k]);
            }
        }
    }

    /** Gram and Schmidt's step: orthogonal to the columns before, and of length 1. */
    private static void straighten(double[][] columns, int j) {
        for (int before = 0; before < j; before++) {
            double along = dot(columns[before], columns[j]);
            for (int k = 0; k < columns[j].length; k++) {
                columns[j][k] -= along * columns[before][k];
            }
        }
        double length = Math.sqrt(dot(columns[j], columns[j]));
        for (int k = 0; k < columns[j].length; k++) {
            columns[j][k] /= length;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /**
     * Makes embeddings.
     *
     * @param features the encoder's output, inputs wide
     * @param from its first row
     * @param rows how many
     * @param more rows to leave room for after them
     * @return rows x width, valid until the next call
     */
    double[] embed(float[] parameters, float[] features, int from, int rows, int more) {
        if (embeddings.length < (rows + more) * width) {
            embeddings = new double[2 * (rows + more) * width];
        }
        if (slices.length == 0) {
            for (int k = 0; k < rows * width; k++) {
                embeddings[k] = features[from * inputs + k];
            }
        } else {
            for (int i = 0; i < rows; i++) {
                multiply(parameters, features, from, i);
            }
        }
        if (scale > 0) {
            rescale(rows);
        }
        return embeddings;
    }

    private void multiply(float[] parameters, float[] features, int from, int i) {
        for (int j = 0; j < width; j++) {
            embeddings[i * width + j] = parameters[slices[1].offset() + j];
        }
        for (int k = 0; k < inputs; k++) {
            double feature = features[(from + i) * inputs + k];
            int weight = slices[0].offset() + k * width;
            for (int j = 0; j < width; j++) {
                embeddings[i * width + j] += feature * parameters[weight + j];
            }
        }
    }

    /** What has no length stays as it is, and has no gradient. */
    private void rescale(int rows) {
        if (lengths.length < rows) {
            lengths = new double[2 * rows];
        }
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int k = i * width; k < (i + 1) * width; k++) {
                sum += embeddings[k] * embeddings[k];
            }
            lengths[i] = Math.sqrt(sum);
            double factor = lengths[i] < NO_LENGTH ? 1 : scale / lengths[i];
            for (int k = i * width; k < (i + 1) * width; k++) {
                embeddings[k] *= factor;
            }
        }
    }

    /**
     * Carries gradients back through the embeddings of the last call.
     *
     * @param gradients of the embeddings, rows x width; of what came before the scale afterwards
     * @param featureGradient added to
     * @param gradient added to
     */
    void backward(
            float[] parameters,
            float[] features,
            int from,
            int rows,
            double[] gradients,
            float[] featureGradient,
            float[] gradient) {
        if (scale > 0) {
            unscale(rows, gradients);
        }
        if (slices.length == 0) {
            for (int k = 0; k < rows * width; k++) {
                featureGradient[from * inputs + k] += (float) gradients[k];
            }
            return;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                gradient[slices[1].offset() + j] += (float) gradients[i * width + j];
            }
            for (int k = 0; k < inputs; k++) {
                int at = slices[0].offset() + k * width;
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

    private void unscale(int rows, double[] gradients) {
        for (int i = 0; i < rows; i++) {
            double along = 0;
            for (int k = i * width; k < (i + 1) * width; k++) {
                along += gradients[k] * embeddings[k];
            }
            boolean turns = lengths[i] >= NO_LENGTH;
            double factor = turns ? scale / lengths[i] : 0;
            for (int k = i * width; k < (i + 1) * width; k++) {
                double radial = along * embeddings[k] / (scale * scale);
                gradients[k] = factor * (gradients[k] - radial);
            }
        }
    }

    /** Says that the head stays where it is. */
    void untouched(UntouchedRanges untouched) {
        for (Slice slice : slices) {
            untouched.add(slice.offset(), slice.end());
        }
    }
}
