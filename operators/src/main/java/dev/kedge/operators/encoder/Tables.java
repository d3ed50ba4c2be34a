// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.parameters.Layout;
import dev.kedge.state.parameters.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Slices of a flat vector of which a batch names a few rows and says nothing about the others:
 * embedding tables. Their rows are numbered through, table after table in the order of the vector.
 * Immutable.
 */
public final class Tables {
    private final List<Slice> slices;
    private final List<Slice> others;
    private final int othersSize;
    private final int[] first;
    private final int[] offsets;
    private final int[] columns;

    private Tables(List<Slice> slices, List<Slice> others) {
        this.slices = slices;
        this.others = others;
        othersSize = others.stream().mapToInt(Slice::size).sum();
        first = new int[slices.size() + 1];
        for (int i = 0; i < slices.size(); i++) {
            first[i + 1] = Math.addExact(first[i], slices.get(i).rows());
        }
        offsets = new int[rows()];
        columns = new int[rows()];
        for (int row = 0; row < offsets.length; row++) {
            Slice slice = slices.get(tableOf(row));
            columns[row] = slice.columns();
            offsets[row] = slice.offset() + (row - first[tableOf(row)]) * slice.columns();
        }
    }

    /**
     * Numbers the rows of some slices of a layout.
     *
     * @param slices in whatever order; none if there is no table
     */
    public static Tables of(Layout layout, List<Slice> slices) {
        List<Slice> sorted = new ArrayList<>(slices);
        sorted.sort(Comparator.comparingInt(Slice::offset));
        List<Slice> others = new ArrayList<>(layout.slices());
        others.removeAll(sorted);
        return new Tables(List.copyOf(sorted), List.copyOf(others));
    }

    /** The slices that are no tables. */
    public List<Slice> others() {
        return others;
    }

    /** How many values these have together. */
    public int othersSize() {
        return othersSize;
    }

    /** The tables, in the order of the vector. */
    public List<Slice> slices() {
        return slices;
    }

    /** How many rows they have together. */
    public int rows() {
        return first[slices.size()];
    }

    /** Number of a table's first row. */
    public int first(int table) {
        return first[table];
    }

    /** Place of a table among all. */
    public int indexOf(Slice table) {
        return slices.indexOf(table);
    }

    /** The table that a row belongs to. */
    public int tableOf(int row) {
        int table = 0;
        while (first[table + 1] <= row) {
            table++;
        }
        return table;
    }

    /** Where a row begins in the flat vector. */
    public int offset(int row) {
        return offsets[row];
    }

    /** Values of a row. */
    public int columns(int row) {
        return columns[row];
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return slices.isEmpty();
    }
}
