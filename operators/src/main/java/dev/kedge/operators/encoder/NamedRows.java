// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.parameters.Slice;
import java.util.Arrays;

/**
 * The rows of {@link Tables} that a batch names, each once. Scratch, reused from batch to batch.
 */
public final class NamedRows {
    private final Tables tables;
    private final int[] rows;
    private final boolean[] named;
    private int count;

    /** For the rows of some tables; none are named. */
    public NamedRows(Tables tables) {
        this.tables = tables;
        rows = new int[tables.rows()];
        named = new boolean[tables.rows()];
    }

    /** Forgets all. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            named[rows[i]] = false;
        }
        count = 0;
    }

    /** Names rows of one table, again or for the first time. */
    public void add(Slice table, int[] indices) {
        int first = tables.first(tables.indexOf(table));
        for (int index : indices) {
            int row = first + index;
            if (!named[row]) {
                named[row] = true;
                rows[count++] = row;
            }
        }
    }

    /** Brings them into ascending order. */
    public void sort() {
        Arrays.sort(rows, 0, count);
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Number of the i-th. */
    public int row(int i) {
        return rows[i];
    }
}
