// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.experts;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.util.Arrays;

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
    private final float[] sums;
    private final float[] squares;
    private final double[] intercepts;
    private final double[] interceptSquares;

    LinearHazard(int columns, int weights, double rate, double base) {
        this.columns = columns;
        this.rate = rate;
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

    /** Log odds of all columns. */
    void logits(LinearInputs inputs, double[] logits, int from) {
        double shared = shared(inputs);
        int before = -1;
        double aged = 0;
        for (int k = 0; k < columns; k++) {
            int group = group(k);
            if (group != before) {
                aged = aged(inputs, group);
                before = group;
            }
            logits[from + k] = intercepts[k] + shared + aged + ofFirst(inputs, k);
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

    private int slot(int id) {
        return Math.floorMod(id, sums.length);
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
    }

    long bytes() {
        return 8L * sums.length + 16L * columns;
    }

    void write(BinaryWriter out) {
        out.putFloats(sums);
        out.putFloats(squares);
        out.putDoubles(intercepts);
        out.putDoubles(interceptSquares);
    }

    /**
     * Reads back. In a table of another size every input has another place: the weights begin anew,
     * and are soon learned.
     */
    void read(BinaryReader in) {
        float[] storedSums = in.getFloats();
        float[] storedSquares = in.getFloats();
        if (storedSums.length == sums.length && storedSquares.length == sums.length) {
            System.arraycopy(storedSums, 0, sums, 0, sums.length);
            System.arraycopy(storedSquares, 0, squares, 0, squares.length);
        }
        LifeTable.copy(in.getDoubles(), intercepts);
        LifeTable.copy(in.getDoubles(), interceptSquares);
    }
}
