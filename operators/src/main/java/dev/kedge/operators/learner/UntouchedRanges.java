// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

/**
 * Ranges of the flat vector that a batch says nothing about. An optimiser with momentum or decay
 * would move them all the same; their parameters and slots are put aside before the step and put
 * back after it. Scratch space of one learner.
 */
public final class UntouchedRanges {
    private final Ranges ranges = new Ranges();
    private float[] values = new float[0];

    UntouchedRanges() {}

    /** Adds the range from {@code from} to before {@code to}. */
    public void add(int from, int to) {
        ranges.add(from, to);
    }

    void clear() {
        ranges.clear();
    }

    void save(float[] parameters, float[][] slots) {
        int needed = ranges.size() * (1 + slots.length);
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
        for (int i = 0; i < ranges.count(); i++) {
            int length = ranges.to(i) - ranges.from(i);
            System.arraycopy(vector, ranges.from(i), values, at, length);
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
        for (int i = 0; i < ranges.count(); i++) {
            int length = ranges.to(i) - ranges.from(i);
            System.arraycopy(values, at, vector, ranges.from(i), length);
            at += length;
        }
        return at;
    }
}
