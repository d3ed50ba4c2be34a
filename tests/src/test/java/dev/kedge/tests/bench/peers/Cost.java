// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.tests.bench.report.Findings;
import java.lang.management.ManagementFactory;
import java.util.function.IntPredicate;

/**
 * What a thread needed for the second half of some records, the first half having warmed it up.
 *
 * @param perSecond records a second of processor time of this thread: other work on the machine
 *     does not count
 * @param right share of all records of which the right thing was said
 */
record Cost(double perSecond, double right) {
    /** Has each record taken. */
    static Cost of(int records, IntPredicate take) {
        int right = 0;
        long began = 0;
        int half = records / 2;
        for (int n = 0; n < records; n++) {
            if (n == half) {
                began = nanos();
            }
            right += take.test(n) ? 1 : 0;
        }
        double seconds = (nanos() - began) / 1e9;
        return new Cost((records - half) / seconds, right / (double) records);
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    void tell(Findings findings, Findings.Place place, String records, String quality) {
        findings.add(place, records + " a second of processor time", perSecond);
        findings.add(place, quality, right);
    }
}
