// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static dev.kedge.state.text.Text.format;

/** Rows of as many numbers each. Reused from batch to batch by one task. */
public class DenseBatch implements Batch {
    private final int width;
    private final InputForm form;
    private final float[] values;
    private final int[] groupOfRow;
    private int rows;
    private int group;
    private int groups = 1;
    private InputScaling scaling = InputScaling.NONE;

    /** Makes room for {@code capacity} rows of {@code width} values. */
    public DenseBatch(int capacity, int width, InputForm form) {
        this.width = width;
        this.form = form;
        values = new float[capacity * width];
        groupOfRow = new int[capacity];
    }

    @Override
    public int rows() {
        return rows;
    }

    /** Values of a row. */
    public int width() {
        return width;
    }

    /** All rows, rows x width. */
    public float[] values() {
        return values;
    }

    /** Changes the numbers of the rows that are added from now on; the task's models take turns. */
    public void scale(InputScaling with) {
        scaling = with;
    }

    /** Forgets all rows. */
    public void clear() {
        rows = 0;
        group = 0;
        groups = 1;
    }

    /** Puts the rows that are added from now on into a group. */
    public void into(int nextGroup) {
        group = nextGroup;
        groups = Math.max(groups, nextGroup + 1);
    }

    @Override
    public int group(int row) {
        return groupOfRow[row];
    }

    @Override
    public int groups() {
        return groups;
    }

    /**
     * Appends a row.
     *
     * @param input {@link InputForm#length} bytes
     * @throws IllegalArgumentException if there are more or fewer
     */
    public void add(byte[] input) {
        if (input.length != form.length(width)) {
            throw new IllegalArgumentException(
                    format(
                            "input: %d bytes, there must be %d (%s, width %d)",
                            input.length, form.length(width), form, width));
        }
        form.decode(input, values, rows * width);
        scaling.apply(values, rows * width);
        groupOfRow[rows] = group;
        rows++;
    }
}
