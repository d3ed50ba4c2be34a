// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.dashboard;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts refused records by reason; of too many reasons, the later ones together. Not thread-safe:
 * its owner holds the lock.
 */
public final class DeadLetterCounts {
    private static final int MAX_REASONS = 100;
    private static final String OTHERS = "other";

    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** One more. */
    public void count(String reason) {
        boolean room = counts.containsKey(reason) || counts.size() < MAX_REASONS;
        counts.merge(room ? reason : OTHERS, 1L, Long::sum);
    }

    /** A copy of all counts. */
    public SortedMap<String, Long> byReason() {
        return new TreeMap<>(counts);
    }
}
