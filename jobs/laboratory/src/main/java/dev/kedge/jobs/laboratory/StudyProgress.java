// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How far an experiment is: told by its runs, read by whoever shows it. It is counted in steps that
 * take about the same time each: samples, or whole runs. Thread-safe.
 */
public final class StudyProgress {
    private final LongSupplier nanoTime;
    private final long steps;
    private final int runs;
    private final long start;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicInteger over = new AtomicInteger();

    /**
     * Nothing yet.
     *
     * @param steps to be done in all runs
     * @param runs to be made
     */
    public StudyProgress(long steps, int runs, LongSupplier nanoTime) {
        this.steps = steps;
        this.runs = runs;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Steps that were done before. */
    public void skip(long count) {
        skipped.addAndGet(count);
    }

    /** A run did one more step. */
    public void step() {
        done.incrementAndGet();
    }

    /** One more run is over. */
    public void runIsOver() {
        over.incrementAndGet();
    }

    /** Runs that are over. */
    public int runsOver() {
        return over.get();
    }

    /** Runs to be made. */
    public int runs() {
        return runs;
    }

    /** Share of the steps that are done, from 0 to 1. */
    public double share() {
        return steps == 0 ? 1 : (skipped.get() + done.get()) / (double) steps;
    }

    /** Time left at the speed so far; empty as long as that is not known. */
    public Optional<Duration> left() {
        long here = done.get();
        long ahead = Math.max(0, steps - skipped.get() - here);
        if (ahead == 0) {
            return Optional.of(Duration.ZERO);
        }
        if (here == 0) {
            return Optional.empty();
        }
        double each = (nanoTime.getAsLong() - start) / (double) here;
        return Optional.of(Duration.ofNanos(Math.round(each * ahead)));
    }
}
