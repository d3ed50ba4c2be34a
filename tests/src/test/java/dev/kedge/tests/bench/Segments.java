// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import java.io.Serializable;

/**
 * Which records are counted: none of the first, then segments of equal length.
 *
 * @param first records that are not counted
 * @param records records that are counted, a multiple of {@code count}
 * @param count number of segments
 */
record Segments(long first, long records, int count) implements Serializable {
    long total() {
        return first + records;
    }

    /** Number of the last record before a mark; the 0-th mark begins the first segment. */
    long lastBefore(int mark) {
        return first - 1 + mark * (records / count);
    }

    /** Records a second in each segment. */
    double[] rates(long[] marks) {
        double[] rates = new double[count];
        for (int i = 0; i < count; i++) {
            rates[i] = records / (double) count / (marks[i + 1] - marks[i]) * 1e9;
        }
        return rates;
    }
}
