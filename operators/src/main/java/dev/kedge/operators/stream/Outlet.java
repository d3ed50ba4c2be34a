// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;

/**
 * Where a live model sends what it has to say.
 *
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
@PublicApi
public interface Outlet<S, M> {
    /** Emits a score. */
    void score(S score);

    /** Emits metrics. */
    void metrics(M metrics);

    /**
     * Emits an answer of another kind. It leaves where the job has a side output for its type, and
     * nowhere otherwise.
     */
    default void sideOutput(Object answer) {}

    /** Refuses a record. */
    void reject(DeadLetter letter);
}
