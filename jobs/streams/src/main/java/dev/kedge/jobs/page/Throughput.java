// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.time.Clock;
import java.util.Arrays;

/**
 * Counts events in buckets of one second and tells how many came a second over the last ten full
 * seconds. Not thread-safe: its owner holds the lock.
 */
public final class Throughput {
    private static final int WINDOW = 10;

    private final Clock clock;
    private final long[] counts = new long[WINDOW + 1];
    private long second;

    /** Starts to count. */
    public Throughput(Clock clock) {
        this.clock = clock;
        this.second = now();
    }

    /** Something happened now. */
    public void mark() {
        advance();
        counts[slot(second)]++;
    }

    /** How often a second, over the last ten full seconds. */
    public double perSecond() {
        advance();
        long open = counts[slot(second)];
        return (double) (Arrays.stream(counts).sum() - open) / WINDOW;
    }

    private void advance() {
        long now = now();
        if (now - second > counts.length) {
            Arrays.fill(counts, 0);
            second = now;
        }
        while (second < now) {
            second++;
            counts[slot(second)] = 0;
        }
    }

    private int slot(long at) {
        return (int) Math.floorMod(at, (long) counts.length);
    }

    private long now() {
        return Math.floorDiv(clock.millis(), 1000L);
    }
}
