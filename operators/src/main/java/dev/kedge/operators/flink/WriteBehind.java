// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes what changed while the task goes on, so that a barrier finds little left to write. It
 * knows the live models that changed, those first for which there was no record for longest. While
 * they have more than a bound to write, a slice of each period goes to writing: of all models the
 * parts that may rest, and whole models that rest themselves. What changes with every record is
 * left to the barrier, for it would be written again and again.
 *
 * <p>When something is written depends on clocks and on other keys; what the state holds at a
 * barrier does not, for a barrier writes the rest. Not thread-safe: all of it runs between the
 * records of one task.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class WriteBehind<E, S, M> {
    /** Between two slices. */
    static final long PERIOD_MILLIS = 20;

    /** How long a model has no record before it rests. */
    static final long REST_MILLIS = 1_000;

    /** A fifth of a period; no record waits for longer, unless for one large part. */
    private static final long SLICE_NANOS = 4_000_000;

    private static final int MODELS = 256;
    private static final int PARTS = 16;

    private final long bound;
    private final Clocks clocks;
    private final Writer<E, S, M> writer;
    private final LinkedHashMap<String, Live<E, S, M>> dirty = new LinkedHashMap<>(16, 0.75f, true);
    private long now;
    private long unwritten;

    /**
     * Clocks by which writing is paced.
     *
     * @param millis of the task's processing time
     * @param nanos from any moment
     */
    record Clocks(LongSupplier millis, LongSupplier nanos) {}

    /** Writes live models to where they are kept. */
    interface Writer<E, S, M> {
        /** Writes a few parts; returns how many. */
        int some(String key, Live<E, S, M> live, int max);

        /** Writes all that changed. */
        void all(String key, Live<E, S, M> live);
    }

    /**
     * Starts with nothing changed.
     *
     * @param bound bytes that may stay unwritten
     */
    WriteBehind(long bound, Clocks clocks, Writer<E, S, M> writer) {
        this.bound = bound;
        this.clocks = clocks;
        this.writer = writer;
        this.now = clocks.millis().getAsLong();
    }

    /** A model took a record. */
    void touched(String key, Live<E, S, M> live) {
        dirty.put(key, live);
        live.touchedAt(now);
        unwritten += live.measure();
    }

    /** A model was written whole, or is forgotten. */
    void cleaned(String key, Live<E, S, M> live) {
        dirty.remove(key);
        unwritten += live.written();
    }

    /** Bytes to be written, roughly. */
    long unwritten() {
        return unwritten;
    }

    /** Writes for no longer than a slice, and not below the bound. */
    void run() {
        now = clocks.millis().getAsLong();
        if (unwritten <= bound) {
            return;
        }
        long end = clocks.nanos().getAsLong() + SLICE_NANOS;
        for (Map.Entry<String, Live<E, S, M>> one : oldest()) {
            if (isOver(end)) {
                return;
            }
            write(one.getKey(), one.getValue(), end);
        }
    }

    private List<Map.Entry<String, Live<E, S, M>>> oldest() {
        List<Map.Entry<String, Live<E, S, M>>> oldest = new ArrayList<>();
        Iterator<Map.Entry<String, Live<E, S, M>>> next = dirty.entrySet().iterator();
        while (oldest.size() < MODELS && next.hasNext()) {
            oldest.add(Map.Entry.copyOf(next.next()));
        }
        return oldest;
    }

    /** A model that was swept costs nothing until its next record, or until it rests. */
    private void write(String key, Live<E, S, M> live, long end) {
        while (!live.swept() && !isOver(end)) {
            int parts = writer.some(key, live, PARTS);
            unwritten += live.measure();
            if (parts == 0) {
                live.sweep();
            }
        }
        if (live.swept() && now - live.touchedAt() >= REST_MILLIS && !isOver(end)) {
            writer.all(key, live);
        }
    }

    private boolean isOver(long end) {
        return unwritten <= bound || clocks.nanos().getAsLong() - end >= 0;
    }

    /** Writes all, for a barrier. */
    void finish() {
        new ArrayList<>(dirty.entrySet()).forEach(one -> writer.all(one.getKey(), one.getValue()));
    }
}
