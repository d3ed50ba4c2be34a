// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.io.Serializable;

/**
 * Turns the bytes of one record into an event. Implementations are stateless or own their scratch;
 * they are shipped to tasks with the job graph, hence serializable.
 *
 * @param <E> type of the event
 */
@FunctionalInterface
public interface EventDecoder<E> extends Serializable {

    /**
     * Decodes one record's value.
     *
     * @throws UndecodableException if the bytes are not an event, with the reason
     */
    E decode(byte[] bytes) throws UndecodableException;

    /** Loads what {@link #decode} needs, before the first record; once a task. */
    default void open() {}

    /**
     * The same where some of it was sent with the job.
     *
     * @param sent what was sent
     */
    default void open(SentFiles sent) {
        open();
    }

    /** Gives back what {@link #open} loaded. */
    default void close() {}
}
