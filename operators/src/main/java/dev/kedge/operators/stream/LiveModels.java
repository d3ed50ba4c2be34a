// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.part.PartStore;
import java.io.Serializable;

/**
 * Makes the live models of a job. Travels to the tasks as configuration, so it is serialisable and
 * holds nothing but settings.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
@PublicApi
public interface LiveModels<E, S, M> extends Serializable {
    /** A moment for records that must not move a key's time. */
    long NO_TIME = Long.MIN_VALUE;

    /**
     * When a record's event happened, epoch milliseconds; {@link #NO_TIME} where the record's time
     * is not to be believed.
     */
    long eventTime(Incoming<E> incoming);

    /** Opens what all models of one task share: scratch space, native buffers. */
    Shared<E, S, M> open();

    /**
     * What all models of one task share.
     *
     * @param <E> type of the events
     * @param <S> type of the scores
     * @param <M> type of the metrics
     */
    interface Shared<E, S, M> extends AutoCloseable {
        /** Brings a key's model to life: from what the store holds, or new if it holds nothing. */
        LiveModel<E, S, M> load(String key, PartStore store);

        @Override
        void close();
    }
}
