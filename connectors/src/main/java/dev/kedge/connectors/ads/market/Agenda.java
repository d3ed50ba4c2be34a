// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.ads.market;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is still to happen, in order of time; at the same time in order of planning. */
final class Agenda {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparing(Entry::order));
    private long planned;

    void plan(long at, Runnable action) {
        entries.add(new Entry(at, planned, action));
        planned++;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void next() {
        entries.remove().action().run();
    }

    /** One thing to happen. */
    private record Entry(long at, long order, Runnable action) {}
}
