// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LearningStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Steps of learning that are ready, one a key, until they are made together. Later records of a key
 * whose step waits queue behind it, so each key takes its records in their order and between two of
 * them has made its steps: how many wait, and for how long, never reaches a number.
 *
 * <p>Nothing of it is state: an operator {@link #drain drains} it before a barrier. Not
 * thread-safe.
 *
 * @param <E> type of the events
 * @param <S> type of the scores
 * @param <M> type of the metrics
 */
final class StepGroup<E, S, M> {
    private final int size;
    private final Turns<E, S, M> turns;
    private final Consumer<List<LearningStep>> maker;
    private final Map<String, Seat<E, S, M>> seats = new LinkedHashMap<>();
    private int queued;
    private boolean pressed;

    /**
     * A record while a model works on it.
     *
     * @param live the model
     * @param refused steps that it had refused before
     */
    record Visit<E, S, M>(
            String key, Live<E, S, M> live, StreamRecord<Incoming<E>> element, long refused) {}

    /** What is done with the records of a key; each call finds the key set as the current one. */
    interface Turns<E, S, M> {
        /** Makes a key the current one. */
        void select(String key);

        /** Begins with a record of the current key, up to its first step. */
        Optional<LearningStep> begin(Visit<E, S, M> visit);

        /** Brings the current key's model to life for a record. */
        Visit<E, S, M> visit(String key, StreamRecord<Incoming<E>> element);

        /** Goes on after a step. */
        Optional<LearningStep> proceed(Visit<E, S, M> visit);

        /** A record is done. */
        void end(Visit<E, S, M> visit);
    }

    /** A key whose step waits, with the records that wait behind it. */
    private static final class Seat<E, S, M> {
        private final ArrayDeque<StreamRecord<Incoming<E>>> later = new ArrayDeque<>();
        private Visit<E, S, M> visit;
        private LearningStep step;

        private Seat(Visit<E, S, M> visit, LearningStep step) {
            this.visit = visit;
            this.step = step;
        }
    }

    /**
     * Starts empty.
     *
     * @param size steps at which they are made
     * @param maker makes steps together
     */
    StepGroup(int size, Turns<E, S, M> turns, Consumer<List<LearningStep>> maker) {
        this.size = size;
        this.turns = turns;
        this.maker = maker;
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    /** Whether a key's step waits. */
    boolean holds(String key) {
        return !seats.isEmpty() && seats.containsKey(key);
    }

    /** Memory is short: what waits is made as soon as the running record has stopped or ended. */
    void press() {
        pressed = true;
    }

    /** Takes a record of the current key, and makes the steps that wait if they are enough. */
    void take(String key, StreamRecord<Incoming<E>> element) {
        Seat<E, S, M> seat = seats.isEmpty() ? null : seats.get(key);
        if (seat == null) {
            Visit<E, S, M> visit = turns.visit(key, element);
            Optional<LearningStep> step = turns.begin(visit);
            if (step.isPresent()) {
                seats.put(key, new Seat<>(visit, step.get()));
            } else {
                turns.end(visit);
            }
        } else {
            seat.later.add(element.copy(element.getValue()));
            queued++;
        }
        while (isFull()) {
            round();
        }
        pressed = false;
    }

    private boolean isFull() {
        return seats.size() >= size || queued >= size || (pressed && !seats.isEmpty());
    }

    /** Makes all steps that wait, and those that come of them, until none does. */
    void drain() {
        while (!seats.isEmpty()) {
            round();
        }
        pressed = false;
    }

    private void round() {
        List<Seat<E, S, M>> ready = List.copyOf(seats.values());
        List<LearningStep> steps = new ArrayList<>(ready.size());
        for (Seat<E, S, M> seat : ready) {
            steps.add(() -> make(seat));
        }
        maker.accept(steps);
        ready.forEach(this::goOn);
    }

    /** A step may read what its model has not read yet. */
    private void make(Seat<E, S, M> seat) {
        turns.select(seat.visit.key());
        seat.step.make();
    }

    private void goOn(Seat<E, S, M> seat) {
        String key = seat.visit.key();
        turns.select(key);
        Optional<LearningStep> next = turns.proceed(seat.visit);
        while (next.isEmpty()) {
            turns.end(seat.visit);
            StreamRecord<Incoming<E>> later = seat.later.poll();
            if (later == null) {
                seats.remove(key);
                return;
            }
            queued--;
            // The end of a record may have written models of other keys.
            turns.select(key);
            seat.visit = turns.visit(key, later);
            next = turns.begin(seat.visit);
        }
        seat.step = next.get();
    }
}
