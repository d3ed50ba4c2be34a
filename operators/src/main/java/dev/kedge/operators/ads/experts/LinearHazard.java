// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A discrete-time hazard that is linear in sparse hashed inputs: {@code logit h_k = c_k + sum_i x_i
 * (v_i + u_{i,g(k)})} with an intercept for each column k, a weight that all ages share and one for
 * each of five age groups g; the advertiser (the first input) has one for each column, too. Learned
 * by FTRL-Proximal with rates of its own for each weight (McMahan et al., <i>Ad Click Prediction: a
 * View from the Trenches</i>, KDD 2013, algorithm 1, with beta 1, lambda_1 0 and lambda_2 1): the
 * weight is {@code -z / ((1 + sqrt(n)) / alpha + lambda_2)}.
 *
 * <p>State: two floats a weight, two doubles a column.
 */
final class LinearHazard {
    private static final double BETA = 1;
    private static final double LAMBDA_2 = 1;
    private static final double INTERCEPT_RATE = 0.3;
    private static final int GROUPS = 5;
    private static final int BY_COLUMN = 100;

    private final int columns;
    private final double rate;

    /** Of a table whose length is a power of two; 0 for others. */
    private final int mask;

    private final float[] sums;
    private final float[] squares;
    private final BitSet touched = new BitSet();
    private final double[] intercepts;
    private final double[] interceptSquares;

    LinearHazard(int columns, int weights, double rate, double base) {
        this.columns = columns;
        this.rate = rate;
        mask = Integer.bitCount(weights) == 1 ? weights - 1 : 0;
        sums = new float[weights];
        squares = new float[weights];
        intercepts = new double[columns];
        interceptSquares = new double[columns];
        Arrays.fill(intercepts, Odds.logit(base));
    }

    /** The first column alone, then the four quarters. */
    private int group(int column) {
        return column == 0 ? 0 : 1 + (GROUPS - 1) * column / columns;
    }

    /**
     * Log odds of some columns.
     *
     * @param at place of the first column's
     * @param from first column that is wanted
     * @param to column after the last that is wanted
     */
    void logits(LinearInputs inputs, double[] logits, int at, int from, int to) {
        double shared = shared(inputs);
        int before = -1;
        double aged = 0;
        for (int k = from; k < to; k++) {
            int group = group(k);
            if (group != before) {
                aged = aged(inputs, group);
                before = group;
            }
            logits[at + k] = intercepts[k] + shared + aged + ofFirst(inputs, k);
        }
    }

    /** Log odds of one column. */
    double logit(LinearInputs inputs, int column) {
        return intercepts[column]
                + shared(inputs)
                + aged(inputs, group(column))
                + ofFirst(inputs, column);
    }

    private double shared(LinearInputs inputs) {
        double sum = 0;
        for (int i = 0; i < inputs.count(); i++) {
            sum += inputs.value(i) * weight(slot(inputs.id(i)));
        }
        return sum;
    }

    private double aged(LinearInputs inputs, int group) {
        double sum = 0;
        for (int i = 0; i < inputs.aged(); i++) {
            sum += inputs.value(i) * weight(slot(inputs.id(i), 1 + group));
        }
        return sum;
    }

    private double ofFirst(LinearInputs inputs, int column) {
        return inputs.aged() == 0
                ? 0
                : inputs.value(0) * weight(slot(inputs.id(0), BY_COLUMN + column));
    }

    private int slot(int id, int part) {
        return slot(LinearInputs.mixed(id, part));
    }

    /** The same as {@code Math.floorMod}, without its division where the table allows that. */
    private int slot(int id) {
        return mask == 0 ? Math.floorMod(id, sums.length) : id & mask;
    }

    private double weight(int slot) {
        return -sums[slot] / ((BETA + Math.sqrt(squares[slot])) / rate + LAMBDA_2);
    }

    /** Learns what became of a column. */
    void learn(LinearInputs inputs, int column, boolean stop, double weight) {
        double error = Odds.sigmoid(logit(inputs, column)) - (stop ? 1 : 0);
        double pull = weight * error;
        interceptSquares[column] += pull * pull;
        intercepts[column] -= INTERCEPT_RATE * pull / (1 + Math.sqrt(interceptSquares[column]));
        int group = group(column);
        for (int i = 0; i < inputs.count(); i++) {
            double gradient = pull * inputs.value(i);
            update(slot(inputs.id(i)), gradient);
            if (i < inputs.aged()) {
                update(slot(inputs.id(i), 1 + group), gradient);
            }
        }
        if (inputs.aged() > 0) {
            update(slot(inputs.id(0), BY_COLUMN + column), pull * inputs.value(0));
        }
    }

    private void update(int slot, double gradient) {
        double after = squares[slot] + gradient * gradient;
        double step = (Math.sqrt(after) - Math.sqrt(squares[slot])) / rate;
        sums[slot] += (float) (gradient - step * weight(slot));
        squares[slot] = (float) after;
        if (squares[slot] != 0 || sums[slot] != 0) {
            touched.set(slot);
        }
    }

    long bytes() {
        return 8L * sums.length + sums.length / Byte.SIZE + 16L * columns;
    }

    /** Writes the weights that were ever touched, of which there are few at first. */
    void write(BinaryWriter out) {
        out.putInt(sums.length);
        out.putLongs(touched.toLongArray());
        out.putFloats(ofTouched(sums));
        out.putFloats(ofTouched(squares));
        out.putDoubles(intercepts);
        out.putDoubles(interceptSquares);
    }

    private float[] ofTouched(float[] values) {
        float[] some = new float[touched.cardinality()];
        int count = 0;
        for (int i = touched.nextSetBit(0); i >= 0; i = touched.nextSetBit(i + 1)) {
            some[count++] = values[i];
        }
        return some;
    }

    /** Bytes of what is written, or a few more. */
    int written() {
        return 64 + 8 * touched.cardinality() + touched.length() / Byte.SIZE + 16 * columns;
    }

    /**
     * Reads back. In a table of another size every input has another place: the weights begin anew,
     * and are soon learned.
     */
    void read(BinaryReader in) {
        int size = in.getInt();
        BitSet places = BitSet.valueOf(in.getLongs());
        float[] someSums = in.getFloats();
        float[] someSquares = in.getFloats();
        int count = places.cardinality();
        if (places.length() > size || someSums.length != count || someSquares.length != count) {
            throw new DamagedSnapshotException(
                    count + " weights of " + size + ", and " + someSums.length + " values");
        }
        if (size == sums.length) {
            touched.or(places);
            spread(places, someSums, sums);
            spread(places, someSquares, squares);
        }
        LifeTable.copy(in.getDoubles(), intercepts);
        LifeTable.copy(in.getDoubles(), interceptSquares);
    }

    private static void spread(BitSet places, float[] some, float[] values) {
        int count = 0;
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
            values[i] = some[count++];
        }
    }
}
