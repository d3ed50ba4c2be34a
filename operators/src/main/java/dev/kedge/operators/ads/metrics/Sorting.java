// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Orders of rows. */
final class Sorting {
    private Sorting() {}

    /** Row numbers from the smallest key to the largest; ties in order of rows. */
    static int[] ascending(double[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The position after the run of keys that equal the one at {@code start} in the order. */
    static int endOfTies(double[] keys, int[] order, int start) {
        int end = start + 1;
        while (end < order.length && keys[order[end]] == keys[order[start]]) {
            end++;
        }
        return end;
    }

    /** Refuses a value that is infinite or not a number. */
    static void requireFinite(String what, double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(what + " must be finite: " + value);
            }
        }
    }
}
