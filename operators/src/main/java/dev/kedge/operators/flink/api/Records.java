// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import dev.kedge.state.flink.RecordType;
import java.io.Serializable;

/**
 * The records of a learner. Each is a Java record, or the sealed interface of several, so that
 * Flink carries it without generic types.
 *
 * @param events type of the events
 * @param scores type of the scores
 * @param metrics type of the metrics
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
public record Records<E, S, M>(Class<E> events, Class<S> scores, Class<M> metrics)
        implements Serializable {
    /**
     * How Flink carries a record, for {@code returns(...)} behind a map of your own.
     *
     * @throws IllegalArgumentException if a component has a type without a form
     */
    public static <T> RecordType<T> type(Class<T> record) {
        return RecordType.forRecord(record);
    }
}
