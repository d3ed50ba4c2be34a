// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.part.PartStore;
import java.util.List;
import java.util.Optional;

/**
 * One key's model while it is live. What it answers depends only on the events of its key, in their
 * order, and on what it remembers: no clock, no other key, no hash order. That is what makes a
 * restored model end with the same bytes.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
@PublicApi
public interface LiveModel<E, S, M> {
    /** Scores an event and learns from it, in this order. */
    void process(Incoming<E> incoming, Outlet<S, M> outlet);

    /**
     * Begins an event as {@link #process} does, and stops at the first step of learning. Unless a
     * model is a {@link SteppedModel}, it never stops.
     *
     * @return the step to be made, after which {@link #proceed} goes on with the event; none if the
     *     event is done. Until then the model is given no other event and no command, and nobody
     *     asks it to be written for good
     */
    default Optional<LearningStep> begin(Incoming<E> incoming, Outlet<S, M> outlet) {
        process(incoming, outlet);
        return Optional.empty();
    }

    /**
     * Goes on with an event after its step was made, up to the next one.
     *
     * @return the step to be made; none if the event is done
     */
    default Optional<LearningStep> proceed() {
        return Optional.empty();
    }

    /**
     * Obeys a command that concerns this model, between two events. What a model cannot do it
     * leaves undone.
     */
    void obey(Command command);

    /** Steps of learning that were refused, ever; must be cheap. */
    default long stepsRefused() {
        return 0;
    }

    /**
     * Newest event time that it has learned from, epoch milliseconds; {@link LiveModels#NO_TIME} if
     * it has learned nothing, or does not know. Must be cheap.
     */
    default long learnedUntil() {
        return LiveModels.NO_TIME;
    }

    /**
     * How full its bounded memories are, in the order of {@link LiveModels#memories()}; asked at
     * each checkpoint.
     */
    default List<MemoryFill> memories() {
        return List.of();
    }

    /** Heap and native bytes, roughly; called after every event, so it must be cheap. */
    long bytes();

    /** Writes what changed since the last call. */
    void flush(PartStore store);

    /**
     * Bytes that {@link #flush} would write, roughly; called after every event, so it must be
     * cheap.
     */
    default long unwritten() {
        return bytes();
    }

    /**
     * Writes a few of those parts that changed and may rest before they change again, the one that
     * changed longest ago first; whatever changes with each event stays for {@link #flush}.
     *
     * @param max how many parts at most
     * @return how many were written; 0 if only {@link #flush} can write more
     */
    default int flushOldest(PartStore store, int max) {
        return 0;
    }
}
