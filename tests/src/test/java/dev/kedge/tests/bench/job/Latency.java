// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.util.Arrays;

/**
 * Milliseconds from when an event was due to be produced until a reader had its score.
 *
 * @param count how many events
 * @param p50 half of them
 * @param p99 99 of 100
 * @param p999 999 of 1,000
 * @param max the slowest
 */
record Latency(long count, double p50, double p99, double p999, double max) {
    static Latency of(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return new Latency(
                sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99),
                quantile(sorted, 0.999),
                quantile(sorted, 1));
    }

    /** The least value that so large a share of all does not exceed. */
    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
