// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.LiveModel;
import dev.kedge.state.part.PartStore;

/**
 * A key while it is live. Beside the model and its clock, which are state, it has what metrics say
 * of it, which is not.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class Live<E, S, M> {
    private final LiveModel<E, S, M> model;
    private final KeyClock clock;
    private final double[] figures;
    private boolean dirty;

    /**
     * Takes what was brought to life.
     *
     * @param figures of its newest metrics; its own
     */
    Live(LiveModel<E, S, M> model, KeyClock clock, double[] figures) {
        this.model = model;
        this.clock = clock;
        this.figures = figures;
    }

    LiveModel<E, S, M> model() {
        return model;
    }

    KeyClock clock() {
        return clock;
    }

    double[] figures() {
        return figures;
    }

    /** A record is for it; whether it is the first since it was written. */
    boolean touch() {
        boolean first = !dirty;
        dirty = true;
        return first;
    }

    /** It is written, or forgotten; whether there was a record since it was last. */
    boolean clean() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    void flush(PartStore store) {
        model.flush(store);
        clock.flush(store);
    }
}
