// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts refused records by reason; of too many reasons, the later ones together. Not thread-safe:
 * its owner holds the lock.
 */
public final class DeadLetterCounts {
    public static final int MAX_REASONS = 100;
    public static final String OTHERS = "other";

    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** One more. */
    public void count(String reason) {
        boolean room = counts.containsKey(reason) || counts.size() < MAX_REASONS;
        counts.merge(room ? reason : OTHERS, 1L, Long::sum);
    }

    /** Puts counts back. */
    public void restore(Map<String, Long> kept) {
        counts.putAll(kept);
    }

    /** A copy of all counts. */
    public SortedMap<String, Long> byReason() {
        return new TreeMap<>(counts);
    }
}
