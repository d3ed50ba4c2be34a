// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import static dev.kedge.state.text.Text.format;

import dev.kedge.operators.encoder.InputScaling;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Running mean and variance of each number of a model's inputs (Welford 1962), by which {@link
 * Inputs} scales them. What is far from the others is drawn in before it is learned, so that one
 * outlier does not widen the spread for good: at first towards the median of its batch, later
 * towards the mean so far. Part of a model's state; a step that is refused leaves it as it was.
 *
 * <p>Binary format, version 1, family {@link Family#INPUT_MOMENTS}: rows, means, sums of squares.
 */
final class InputMoments implements InputScaling {
    private static final int VERSION = 1;
    private static final String PART = "inputs";
    private static final float LIMIT = 5;
    private static final double FLOOR = 1e-12;

    /** Rows before which moments cannot tell what is far. */
    private static final int SETTLED = 30;

    /** Median absolute deviations from a batch's median that are as far as the limit. */
    private static final double FAR = 1.4826 * LIMIT;

    private final Inputs inputs;
    private final double[] mean;
    private final double[] squares;
    private final double[] meanBefore;
    private final double[] squaresBefore;
    private long count;
    private long countBefore;
    private final Part part = Part.onceTouched(PART);

    InputMoments(Inputs inputs, int width) {
        this.inputs = inputs;
        int size = inputs == Inputs.NONE ? 0 : width;
        mean = new double[size];
        squares = new double[size];
        meanBefore = new double[size];
        squaresBefore = new double[size];
    }

    static InputMoments restored(Inputs inputs, int width, PartStore store) {
        InputMoments moments = new InputMoments(inputs, width);
        if (inputs != Inputs.NONE) {
            moments.part.restore(store, moments::read);
        }
        return moments;
    }

    /** Learns the rows of a batch. */
    void learn(List<PendingSamples.Sample> batch) {
        if (mean.length == 0) {
            return;
        }
        System.arraycopy(mean, 0, meanBefore, 0, mean.length);
        System.arraycopy(squares, 0, squaresBefore, 0, mean.length);
        countBefore = count;
        float[][] rows = batch.stream().map(s -> floats(s.input())).toArray(float[][]::new);
        double[] column = new double[rows.length];
        for (int i = 0; i < mean.length; i++) {
            for (int r = 0; r < rows.length; r++) {
                column[r] = rows[r][i];
            }
            learn(i, column);
        }
        count += rows.length;
        part.touch();
    }

    private void learn(int i, double[] column) {
        double middle = count < SETTLED ? median(column) : mean[i];
        double far = count < SETTLED ? FAR * deviation(column, middle) : LIMIT * spread(i, count);
        long seen = count;
        for (double value : column) {
            double near = far == 0 ? value : Math.max(middle - far, Math.min(middle + far, value));
            seen++;
            double delta = near - mean[i];
            mean[i] += delta / seen;
            squares[i] += delta * (near - mean[i]);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double deviation(double[] values, double middle) {
        return median(Arrays.stream(values).map(value -> Math.abs(value - middle)).toArray());
    }

    private double spread(int i, long rows) {
        return rows < 2 ? 0 : Math.sqrt(Math.max(0, squares[i] / (rows - 1)));
    }

    /** Forgets the batch that was learned last. */
    void takeBack() {
        System.arraycopy(meanBefore, 0, mean, 0, mean.length);
        System.arraycopy(squaresBefore, 0, squares, 0, mean.length);
        count = countBefore;
    }

    @Override
    public void apply(float[] values, int at) {
        for (int i = 0; i < mean.length; i++) {
            double spread = spread(i, count);
            double away = values[at + i] - mean[i];
            if (inputs == Inputs.STANDARDISE) {
                double z = spread * spread < FLOOR ? 0 : away / spread;
                values[at + i] = (float) Math.max(-LIMIT, Math.min(LIMIT, z));
            } else if (count >= SETTLED && Math.abs(away) > LIMIT * spread) {
                values[at + i] = (float) (mean[i] + Math.signum(away) * LIMIT * spread);
            }
        }
    }

    private static float[] floats(byte[] input) {
        float[] values = new float[input.length / Float.BYTES];
        ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    long bytes() {
        return 32L * mean.length;
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(32 + 16 * mean.length);
        out.putLong(count);
        out.putDoubles(mean);
        out.putDoubles(squares);
        return Envelope.seal(Family.INPUT_MOMENTS, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.INPUT_MOMENTS, VERSION);
        count = in.getLong();
        double[] storedMean = in.getDoubles();
        double[] storedSquares = in.getDoubles();
        in.requireEnd();
        if (storedMean.length != mean.length || storedSquares.length != mean.length) {
            throw new IncompatibleLayoutException(
                    format(
                            "the snapshot scales %d numbers, the job %d",
                            storedMean.length, mean.length));
        }
        System.arraycopy(storedMean, 0, mean, 0, mean.length);
        System.arraycopy(storedSquares, 0, squares, 0, mean.length);
    }
}
