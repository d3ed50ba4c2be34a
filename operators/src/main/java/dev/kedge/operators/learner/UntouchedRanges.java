// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import java.util.Arrays;

/**
 * Ranges of the flat vector that a batch says nothing about. An optimiser with momentum or decay
 * would move them all the same; their parameters and slots are put aside before the step and put
 * back after it. Scratch space of one learner.
 */
public final class UntouchedRanges {
    private int[] bounds = new int[16];
    private int count;
    private float[] values = new float[0];

    UntouchedRanges() {}

    /** Adds the range from {@code from} to before {@code to}. */
    public void add(int from, int to) {
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

    void save(float[] parameters, float[][] slots) {
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += bounds[2 * i + 1] - bounds[2 * i];
        }
        int needed = total * (1 + slots.length);
        if (values.length < needed) {
            values = new float[needed];
        }
        int at = save(parameters, 0);
        for (float[] slot : slots) {
            at = save(slot, at);
        }
    }

    private int save(float[] vector, int from) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int length = bounds[2 * i + 1] - bounds[2 * i];
            System.arraycopy(vector, bounds[2 * i], values, at, length);
            at += length;
        }
        return at;
    }

    void restore(float[] parameters, float[][] slots) {
        int at = restore(parameters, 0);
        for (float[] slot : slots) {
            at = restore(slot, at);
        }
    }

    private int restore(float[] vector, int from) {
        int at = from;
        for (int i = 0; i < count; i++) {
            int length = bounds[2 * i + 1] - bounds[2 * i];
            System.arraycopy(values, at, vector, bounds[2 * i], length);
            at += length;
        }
        return at;
    }
}
