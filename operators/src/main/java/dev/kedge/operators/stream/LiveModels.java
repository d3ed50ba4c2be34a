// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.operators.math.device.Placement;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.part.PartStore;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

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

    /** Names of the bounded memories of which models tell how full they are; a fixed few. */
    default List<String> memories() {
        return List.of();
    }

    /**
     * Figures of a metrics record by which an operator sees how well models do, by name; a fixed
     * few. Those that are not known are not numbers.
     */
    default SortedMap<String, ToDoubleFunction<M>> figures() {
        return Collections.emptySortedMap();
    }

    /** Opens what all models of one task share: scratch space, native buffers. On the CPU. */
    Shared<E, S, M> open();

    /**
     * Opens it where the task computes. Models that do not keep where they were learned need not
     * know.
     */
    default Shared<E, S, M> open(Placement placement) {
        return open();
    }

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

        /**
         * Whether a model that is brought to life reads a few parts by their names, and others when
         * it needs them. Otherwise all that the key remembers is read in one pass before.
         */
        default boolean readsOnDemand() {
            return false;
        }

        /** Names of the parts of the loss that a {@link StepWatch} is told; a fixed few. */
        default List<String> lossParts() {
            return List.of();
        }

        /** Tells somebody of all steps from now on. */
        default void watch(StepWatch watch) {}

        /**
         * Makes steps of several models, in any order or together: each must end with the numbers
         * that it would have if it were made alone.
         */
        default void make(List<LearningStep> steps) {
            steps.forEach(LearningStep::make);
        }

        @Override
        void close();
    }
}
