// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.hazards;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;

/**
 * How sure a model can be of its hazards: a Laplace approximation of the head alone (MacKay 1992;
 * Daxberger et al., <i>Laplace Redux</i>, NeurIPS 2021), with a diagonal precision that is summed
 * up on the stream (Ritter et al. 2018) and forgets, because the embeddings move. Each
 * person-period adds {@code w h (1 - h) z_j^2} to the precision of its column's weights; the
 * variance of a logit is {@code sum_j z_j^2 / (prior + precision_j)}, the bias being an input of 1.
 * {@code z} is what the last map of the column's head reads. It says nothing of what the encoder,
 * and layers of the head's own, do not know, and being diagonal it is rather too sure than too
 * unsure.
 *
 * <p>State: {@code columns x (width + 1)} floats.
 */
public final class HeadPrecision {
    private static final int VERSION = 1;
    private static final String PART = "precision";

    /** Weights of a head are about a third from nought. */
    private static final double PRIOR = 10;

    /** Person-periods after which an old one counts only 1/e. */
    private static final double MEMORY = 20_000;

    private final int width;
    private final float[] precision;
    private final Part part = Part.onceTouched(PART);

    public HeadPrecision(int width, int columns) {
        this.width = width;
        this.precision = new float[columns * (width + 1)];
    }

    /** More columns than were written begin unsure. */
    public static HeadPrecision restored(int width, int columns, PartStore store) {
        HeadPrecision restored = new HeadPrecision(width, columns);
        restored.part.restore(store, restored::read);
        return restored;
    }

    /**
     * Learns from the first person-periods of a batch.
     *
     * @param heads what the head of each column read, rows x width
     * @param hazards rows x columns
     */
    public void learn(PersonPeriodBatch batch, int rows, HeadInputs heads, double[] hazards) {
        float keep = (float) Math.exp(-rows / MEMORY);
        for (int i = 0; i < precision.length; i++) {
            precision[i] *= keep;
        }
        int columns = precision.length / (width + 1);
        for (int row = 0; row < rows; row++) {
            int column = batch.column(row);
            double h = hazards[row * columns + column];
            float[] inputs = heads.inputs(column);
            add(column, inputs, row * width, (float) (batch.weights()[row] * h * (1 - h)));
        }
        part.touch();
    }

    private void add(int column, float[] inputs, int from, float factor) {
        int at = column * (width + 1);
        for (int j = 0; j < width; j++) {
            precision[at + j] += factor * inputs[from + j] * inputs[from + j];
        }
        precision[at + width] += factor;
    }

    /** Variance of the logit of a column at what its head's last map reads. */
    public double variance(int column, float[] inputs, int from) {
        int at = column * (width + 1);
        double sum = 1 / (PRIOR + precision[at + width]);
        for (int j = 0; j < width; j++) {
            double z = inputs[from + j];
            sum += z * z / (PRIOR + precision[at + j]);
        }
        return sum;
    }

    public void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(16 + 4 * precision.length);
        out.putInt(width);
        out.putFloats(precision);
        return Envelope.seal(Family.HEAD_PRECISION, VERSION, out);
    }

    /** Of another width nothing is known: the embeddings are others. */
    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.HEAD_PRECISION, VERSION);
        int stored = in.getInt();
        float[] values = in.getFloats();
        in.requireEnd();
        if (stored == width) {
            System.arraycopy(values, 0, precision, 0, Math.min(values.length, precision.length));
        } else {
            Arrays.fill(precision, 0);
        }
    }
}
