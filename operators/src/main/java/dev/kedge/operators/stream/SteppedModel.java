// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;
import java.util.Optional;

/**
 * A model that stops wherever it is to learn, so that steps of many models can be made together.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
@PublicApi
public interface SteppedModel<E, S, M> extends LiveModel<E, S, M> {
    @Override
    default void process(Incoming<E> incoming, Outlet<S, M> outlet) {
        Optional<LearningStep> step = begin(incoming, outlet);
        while (step.isPresent()) {
            step.get().make();
            step = proceed();
        }
    }

    @Override
    Optional<LearningStep> begin(Incoming<E> incoming, Outlet<S, M> outlet);

    @Override
    Optional<LearningStep> proceed();
}
