// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import java.util.List;

/**
 * Labelled rows of numbers, in the order of their file or of one of its columns.
 *
 * @param columns names of the numbers
 * @param rows the rows
 */
public record VectorSet(List<String> columns, List<LabelledVector> rows) {
    /** Freezes the lists and checks the widths. */
    public VectorSet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (LabelledVector row : rows) {
            if (row.values().length != columns.size()) {
                int width = row.values().length;
                throw new IllegalArgumentException(
                        "a row has "
                                + width
                                + " numbers, there are "
                                + columns.size()
                                + " columns");
            }
        }
    }

    /**
     * One row.
     *
     * @param values its numbers, in order of the columns; not copied
     * @param label name of its class
     * @param task name of its task; empty if the set has none
     */
    public record LabelledVector(float[] values, String label, String task) {}
}
