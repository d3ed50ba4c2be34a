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
    private long touchedAt;
    private boolean swept;
    private long unwritten;

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

    /** When a record was last for it, by the task's clock. */
    long touchedAt() {
        return touchedAt;
    }

    void touchedAt(long millis) {
        touchedAt = millis;
        swept = false;
    }

    /** Whether all that may rest has been written since its last record. */
    boolean swept() {
        return swept;
    }

    void sweep() {
        swept = true;
    }

    /** Measures what is to be written anew; returns by how many bytes it grew. */
    long measure() {
        return unwritten(model.unwritten());
    }

    /** Nothing is to be written; returns by how many bytes that grew. */
    long written() {
        return unwritten(0);
    }

    private long unwritten(long now) {
        long grown = now - unwritten;
        unwritten = now;
        return grown;
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
