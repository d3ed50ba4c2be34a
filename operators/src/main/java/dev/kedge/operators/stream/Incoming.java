// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static dev.kedge.state.text.Text.format;

import dev.kedge.state.api.PublicApi;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * An event that could be read, with the bytes that it was read from, so that a later refusal can
 * still hand them back.
 *
 * @param event the event
 * @param origin where it came from
 * @param original the bytes as they came; not copied
 * @param <E> type of the event
 */
@PublicApi
public record Incoming<E>(E event, Origin origin, byte[] original) {
    /** Checks that nothing is missing. */
    public Incoming {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(original, "original");
    }

    /** The same record with its event in another type. */
    public <F> Incoming<F> withEvent(F other) {
        return new Incoming<>(other, origin, original);
    }

    /**
     * Whether the event speaks of a time that had not come when its record was produced. Where that
     * is not known, it does not.
     *
     * @param at the event's time, epoch milliseconds
     * @param allowed how far it may be ahead
     */
    public boolean isAhead(long at, Duration allowed) {
        return origin.timestamp() >= 0 && at > origin.timestamp() + allowed.toMillis();
    }

    /** Refuses an event that {@link #isAhead}. */
    public DeadLetter refusedAsAhead(long at, Duration allowed) {
        return refused(
                DeadLetter.Reason.FUTURE,
                format(
                        "at: %s is more than %s after the record was produced (%s)",
                        Instant.ofEpochMilli(at),
                        allowed,
                        Instant.ofEpochMilli(origin.timestamp())));
    }

    /** Refuses the event; its bytes are handed back. */
    public DeadLetter refused(DeadLetter.Reason reason, String message) {
        return new DeadLetter(origin, original, reason, message);
    }
}
