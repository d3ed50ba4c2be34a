// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.operators.stream.DeadLetter.Reason;
import java.time.Duration;
import java.util.Locale;

/**
 * One record while a model works on it: the event, and where answers and refusals go. Lives as long
 * as the call that it was made for.
 *
 * @param <E> type of the event
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public abstract class Turn<E, S, M> {
    private final Incoming<E> incoming;
    private final Outlet<S, M> outlet;

    /** Begins a turn. */
    protected Turn(Incoming<E> incoming, Outlet<S, M> outlet) {
        this.incoming = incoming;
        this.outlet = outlet;
    }

    /** A record is refused: counts it. */
    protected abstract void refused();

    /** The event. */
    public final E event() {
        return incoming.event();
    }

    /** The record. */
    public final Incoming<E> incoming() {
        return incoming;
    }

    /** Emits a score. */
    public final void score(S score) {
        outlet.score(score);
    }

    /** Emits metrics. */
    public final void metrics(M metrics) {
        outlet.metrics(metrics);
    }

    /** Emits an answer of a further kind. */
    public final void sideOutput(Object answer) {
        outlet.sideOutput(answer);
    }

    /** Refuses the record if it {@link Incoming#isAhead is ahead} of when it was produced. */
    public final boolean isAhead(long at, Duration allowed) {
        boolean ahead = incoming.isAhead(at, allowed);
        if (ahead) {
            reject(incoming.refusedAsAhead(at, allowed));
        }
        return ahead;
    }

    /**
     * Refuses the record.
     *
     * @param format what is wrong, in the form of {@link java.util.Formatter}
     */
    public final void reject(Reason reason, String format, Object... values) {
        reject(incoming, reason, format, values);
    }

    /** Refuses a record that waited, in this turn. */
    public final void reject(Incoming<?> waited, Reason reason, String format, Object... values) {
        reject(waited.refused(reason, String.format(Locale.ROOT, format, values)));
    }

    private void reject(DeadLetter letter) {
        refused();
        outlet.reject(letter);
    }
}
