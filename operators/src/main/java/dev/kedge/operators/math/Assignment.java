// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.math;

import java.util.Arrays;

/**
 * Pairs rows and columns one to one, so that the sum of the paired values is largest: the Hungarian
 * method with potentials, one shortest augmenting path for each row (Kuhn 1955; Jonker and
 * Volgenant 1987). Every row gets a column, or every column a row, whichever are fewer. Of several
 * best pairings it always finds the same. Ends whatever the values are. Takes {@code rows^2 *
 * columns} steps. Holds scratch space; not thread-safe.
 */
public final class Assignment {
    /** Sums of values beyond this could overflow, and the search would never end. */
    static final double MOST = 1e100;

    private double[] rowPotential = {};
    private double[] columnPotential = {};
    private double[] min = {};
    private int[] rowOf = {};
    private int[] previous = {};
    private boolean[] visited = {};

    /**
     * Finds the best pairing.
     *
     * @param values rows x columns; what is not finite, or beyond {@value #MOST}, is no pair
     * @return the column of each row, or -1
     */
    public int[] largest(double[] values, int rows, int columns) {
        double[] sane = sane(values, rows * columns);
        int[] columnOf = pair(sane, rows, columns);
        for (int i = 0; i < rows && sane != values; i++) {
            if (columnOf[i] >= 0 && !isSane(values[i * columns + columnOf[i]])) {
                columnOf[i] = -1;
            }
        }
        return columnOf;
    }

    private static boolean isSane(double value) {
        return Math.abs(value) <= MOST;
    }

    /**
     * The values themselves if all can be computed with, else a copy in which those that cannot are
     * worth less than any pairing of the others can lose by leaving them out.
     */
    private static double[] sane(double[] values, int count) {
        double min = 0;
        double max = 0;
        boolean sane = true;
        for (int k = 0; k < count; k++) {
            if (isSane(values[k])) {
                min = Math.min(min, values[k]);
                max = Math.max(max, values[k]);
            } else {
                sane = false;
            }
        }
        if (sane) {
            return values;
        }
        double worthless = min - (max - min + 1) * (1 + Math.sqrt(count));
        double[] copy = Arrays.copyOf(values, count);
        for (int k = 0; k < count; k++) {
            copy[k] = isSane(copy[k]) ? copy[k] : worthless;
        }
        return copy;
    }

    private int[] pair(double[] values, int rows, int columns) {
        int[] columnOf = new int[rows];
        Arrays.fill(columnOf, -1);
        if (rows <= columns) {
            solve(values, rows, columns, columns, 1);
            for (int j = 1; j <= columns; j++) {
                if (rowOf[j] > 0) {
                    columnOf[rowOf[j] - 1] = j - 1;
                }
            }
        } else {
            solve(values, columns, rows, 1, columns);
            for (int j = 1; j <= rows; j++) {
                columnOf[j - 1] = rowOf[j] - 1;
            }
        }
        return columnOf;
    }

    /**
     * Fills {@code rowOf}, counted from 1; the value of (i, j) is at {@code i * down + j * right}.
     */
    private void solve(double[] values, int rows, int columns, int down, int right) {
        room(rows, columns);
        for (int i = 1; i <= rows; i++) {
            rowOf[0] = i;
            int column = 0;
            Arrays.fill(min, 0, columns + 1, Double.POSITIVE_INFINITY);
            Arrays.fill(visited, 0, columns + 1, false);
            do {
                column = step(values, column, columns, down, right);
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }
    }

    /** Goes on from a column to the nearest one that the path has not reached. */
    private int step(double[] values, int column, int columns, int down, int right) {
        visited[column] = true;
        int row = rowOf[column];
        double nearest = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j <= columns; j++) {
            if (!visited[j]) {
                double cost = -values[(row - 1) * down + (j - 1) * right];
                double reduced = cost - rowPotential[row] - columnPotential[j];
                if (reduced < min[j]) {
                    min[j] = reduced;
                    previous[j] = column;
                }
                if (min[j] < nearest) {
                    nearest = min[j];
                    next = j;
                }
            }
        }
        for (int j = 0; j <= columns; j++) {
            if (visited[j]) {
                rowPotential[rowOf[j]] += nearest;
                columnPotential[j] -= nearest;
            } else {
                min[j] -= nearest;
            }
        }
        return next;
    }

    private void room(int rows, int columns) {
        if (rowPotential.length <= rows) {
            rowPotential = new double[rows + 1];
        }
        if (columnPotential.length <= columns) {
            columnPotential = new double[columns + 1];
            min = new double[columns + 1];
            rowOf = new int[columns + 1];
            previous = new int[columns + 1];
            visited = new boolean[columns + 1];
        }
        Arrays.fill(rowPotential, 0);
        Arrays.fill(columnPotential, 0);
        Arrays.fill(rowOf, 0);
    }
}
