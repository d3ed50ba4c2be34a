// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import java.util.Arrays;

/** Ranges of a flat vector, in the order in which they were added. Scratch, reused. */
public final class Ranges {
    private int[] bounds = new int[16];
    private int count;

    /** None. */
    public Ranges() {}

    /** A vector from its first value to its last. */
    public static Ranges whole(int size) {
        Ranges all = new Ranges();
        all.add(0, size);
        return all;
    }

    /** Adds the range from {@code from} to before {@code to}; nothing if that is empty. */
    public void add(int from, int to) {
        if (from >= to) {
            return;
        }
        if (count > 0 && bounds[2 * count - 1] == from) {
            bounds[2 * count - 1] = to;
            return;
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        count++;
    }

    void clear() {
        count = 0;
    }

    /** How many there are, adjacent ones being one. */
    public int count() {
        return count;
    }

    /** First index of the i-th. */
    public int from(int i) {
        return bounds[2 * i];
    }

    /** Index after the last of the i-th. */
    public int to(int i) {
        return bounds[2 * i + 1];
    }

    /** How many values they have together. */
    int size() {
        int size = 0;
        for (int i = 0; i < count; i++) {
            size += to(i) - from(i);
        }
        return size;
    }

    void fill(float[] vector, float value) {
        for (int i = 0; i < count; i++) {
            Arrays.fill(vector, from(i), to(i), value);
        }
    }
}
