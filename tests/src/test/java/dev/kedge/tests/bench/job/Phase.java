// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Events that are sent together, and when the score of each could be read. One thread reads; others
 * wait, and look at what was read when all of it was.
 */
final class Phase {
    private final List<PlannedEvent> events;
    private final Map<Long, Integer> places;
    private final long[] due;
    private final long[] readable;
    private final long[] written;
    private final CountDownLatch missing;
    private final LongAdder strangers = new LongAdder();

    Phase(List<PlannedEvent> events) {
        this.events = events;
        places = new HashMap<>(2 * events.size());
        for (int i = 0; i < events.size(); i++) {
            places.putIfAbsent(events.get(i).id(), i);
        }
        due = new long[events.size()];
        readable = new long[events.size()];
        written = new long[events.size()];
        missing = new CountDownLatch(places.size());
    }

    List<PlannedEvent> events() {
        return events;
    }

    /** Notes when an event is due, whether it is sent then or later; {@link System#nanoTime}. */
    void due(int event, long nanos) {
        due[event] = nanos;
    }

    /**
     * Notes a score. One that was there before counts once; so does one that answers no event, such
     * as those that are due when time passes.
     *
     * @param at {@link System#nanoTime} when a reader had it
     * @param millis wall clock when the job handed it to its producer
     */
    void read(long id, long at, long millis) {
        Integer place = places.get(id);
        if (place == null || readable[place] != 0) {
            strangers.increment();
            return;
        }
        readable[place] = at;
        written[place] = millis;
        missing.countDown();
    }

    /** Scores that are not there yet. */
    long missing() {
        return missing.getCount();
    }

    int size() {
        return places.size();
    }

    /** Scores beside the first one of each event. */
    long strangers() {
        return strangers.sum();
    }

    /** Waits for all scores; says whether they came. */
    boolean await(Duration patience) {
        try {
            return missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scores come", e);
        }
    }

    /** Milliseconds of events due from a moment on whose scores were read before another. */
    double[] latencies(long from, long to) {
        double[] latencies = new double[due.length];
        int count = 0;
        for (int i = 0; i < due.length; i++) {
            if (due[i] >= from && readable[i] != 0 && readable[i] < to) {
                latencies[count++] = (readable[i] - due[i]) / 1e6;
            }
        }
        return Arrays.copyOf(latencies, count);
    }

    /** When the job wrote its scores, wall clock in milliseconds, sorted. */
    long[] writtenInOrder() {
        long[] sorted = Arrays.stream(written).filter(millis -> millis != 0).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** When the first event was due. */
    long firstDue() {
        return due[0];
    }

    /** When the first score was read that was written after a moment of the wall clock. */
    long firstWrittenAfter(long millis) {
        return IntStream.range(0, written.length)
                .filter(i -> written[i] > millis)
                .mapToLong(i -> readable[i])
                .min()
                .orElseThrow();
    }

    /** When the last score was read, after a moment, that took longer than so many milliseconds. */
    long lastLateAfter(long moment, double millis) {
        long last = moment;
        for (int i = 0; i < due.length; i++) {
            if (readable[i] > last && (readable[i] - due[i]) / 1e6 > millis) {
                last = readable[i];
            }
        }
        return last;
    }

    /** Worst latency of each so many milliseconds since the first was due; 0 where none was. */
    double[] worst(long millis) {
        long first = due[0];
        double[] worst = new double[(int) ((due[due.length - 1] - first) / 1_000_000 / millis) + 1];
        for (int i = 0; i < due.length; i++) {
            int bin = (int) ((due[i] - first) / 1_000_000 / millis);
            if (readable[i] != 0) {
                worst[bin] = Math.max(worst[bin], (readable[i] - due[i]) / 1e6);
            }
        }
        return worst;
    }
}
