// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * The clock of a model that also numbers its events and knows how far it has learned. Part of what
 * a model stores; it has no frame of its own.
 *
 * <p>Binary format: {@link EventClock}, newest event time that was learned from, arrivals.
 */
public final class LearningClock {
    private final EventClock events = new EventClock();
    private long newestLearned = Long.MIN_VALUE;
    private long arrivals;

    /** An event came. */
    public void see(long at) {
        events.see(at);
        arrivals++;
    }

    /** The part of it that every job writes. */
    public EventClock events() {
        return events;
    }

    /** Newest event time; see {@link EventClock#newest}. */
    public long newest() {
        return events.newest();
    }

    /** The number of the event that came last, from 1. */
    public long arrival() {
        return arrivals;
    }

    /** Something of a moment was learned from. */
    public void learned(long at) {
        newestLearned = Math.max(newestLearned, at);
    }

    /** Newest event time that was learned from, or {@code otherwise}. */
    public long newestLearned(long otherwise) {
        return newestLearned == Long.MIN_VALUE ? otherwise : newestLearned;
    }

    /** Whether metrics are due; see {@link EventClock#metricsAreDue}. */
    public boolean metricsAreDue(long every) {
        return events.metricsAreDue(every);
    }

    /** Writes it. */
    public void write(BinaryWriter out) {
        events.write(out);
        out.putLong(newestLearned);
        out.putLong(arrivals);
    }

    /** Reads what {@link #write} wrote. */
    public void read(BinaryReader in) {
        events.read(in);
        newestLearned = in.getLong();
        arrivals = in.getLong();
    }
}
