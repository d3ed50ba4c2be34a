// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;

/**
 * A model's clock: its newest event time, which never goes back, and the event time of its next
 * metrics. Part of what a model stores; it has no frame of its own.
 *
 * <p>Binary format: newest event time, next metrics.
 */
public final class EventClock {
    private static final long NEVER = Long.MIN_VALUE;

    private long newest = NEVER;
    private long nextMetrics = NEVER;

    /** An event came. */
    public void see(long at) {
        newest = Math.max(newest, at);
    }

    /** Newest event time, epoch milliseconds; the smallest number before the first event. */
    public long newest() {
        return newest;
    }

    /**
     * Whether event time has passed the next moment for metrics; if so, the moment after is set.
     *
     * @param every milliseconds between two moments, at least 1
     */
    public boolean metricsAreDue(long every) {
        if (nextMetrics == NEVER) {
            nextMetrics = newest + every;
            return false;
        }
        if (newest < nextMetrics) {
            return false;
        }
        nextMetrics += Math.floorDiv(newest - nextMetrics, every) * every + every;
        return true;
    }

    /** Writes it. */
    public void write(BinaryWriter out) {
        out.putLong(newest);
        out.putLong(nextMetrics);
    }

    /** Reads what {@link #write} wrote. */
    public void read(BinaryReader in) {
        newest = in.getLong();
        nextMetrics = in.getLong();
    }
}
