// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A bounded series of points in primitive arrays that grow as needed; drops the oldest point. */
final class Series {
    private static final int FIRST = 8;

    private final int max;
    private long[] at = new long[0];
    private float[] value = new float[0];
    private int head;
    private int size;

    Series(int max) {
        this.max = max;
    }

    void add(long when, float what) {
        if (size < max) {
            makeRoom();
            put(size++, when, what);
        } else {
            put(head, when, what);
            head = (head + 1) % max;
        }
    }

    List<CreativeView.Point> points() {
        List<CreativeView.Point> points = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int slot = (head + i) % size;
            points.add(new CreativeView.Point(at[slot], value[slot]));
        }
        return points;
    }

    /** The moments, oldest first. */
    long[] moments() {
        long[] moments = new long[size];
        for (int i = 0; i < size; i++) {
            moments[i] = at[(head + i) % size];
        }
        return moments;
    }

    /** The values, oldest first. */
    float[] values() {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = value[(head + i) % size];
        }
        return values;
    }

    private void put(int slot, long when, float what) {
        at[slot] = when;
        value[slot] = what;
    }

    private void makeRoom() {
        if (size == at.length) {
            int length = Math.min(max, Math.max(FIRST, size * 2));
            at = Arrays.copyOf(at, length);
            value = Arrays.copyOf(value, length);
        }
    }
}
