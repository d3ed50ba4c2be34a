// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How far an experiment is: told by its runs, read by whoever shows it. Thread-safe. */
public final class StudyProgress {
    private final LongSupplier nanoTime;
    private final long samples;
    private final int runs;
    private final long start;
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong learned = new AtomicLong();
    private final AtomicInteger over = new AtomicInteger();

    /**
     * Nothing yet.
     *
     * @param samples to be learned in all runs
     * @param runs to be made
     */
    public StudyProgress(long samples, int runs, LongSupplier nanoTime) {
        this.samples = samples;
        this.runs = runs;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** What a run had learned before. */
    public void skip(long count) {
        skipped.addAndGet(count);
    }

    /** A run learned one more sample. */
    public void learnedOne() {
        learned.incrementAndGet();
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

    /** Share of the samples that are learned, from 0 to 1. */
    public double share() {
        return samples == 0 ? 1 : (skipped.get() + learned.get()) / (double) samples;
    }

    /** Time left at the speed so far; zero as long as that is not known. */
    public Duration left() {
        long here = learned.get();
        if (here == 0) {
            return Duration.ZERO;
        }
        double each = (nanoTime.getAsLong() - start) / (double) here;
        return Duration.ofNanos(Math.round(each * Math.max(0, samples - skipped.get() - here)));
    }
}
