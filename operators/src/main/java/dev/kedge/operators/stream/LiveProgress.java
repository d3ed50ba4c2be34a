// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;
import java.util.EnumMap;

/**
 * A model's clock and counters, and what was set while it ran. How they are written is a matter of
 * each job.
 *
 * @param <C> what is counted
 * @param <L> type of what can be set of the learner
 */
public abstract class LiveProgress<C extends Enum<C>, L extends Tunable<L>> {
    private final Part part = Part.of("progress");
    private final LearningClock clock = new LearningClock();
    private final C[] counters;

    /** A cell each: counting makes no garbage. */
    private final EnumMap<C, long[]> counts;

    private LiveTuning<L> tuning;

    /**
     * Starts anew.
     *
     * @param counters all that is counted
     * @param untuned the learner as configured
     */
    protected LiveProgress(C[] counters, L untuned) {
        this.counters = counters.clone();
        counts = new EnumMap<>(counters[0].getDeclaringClass());
        Arrays.stream(counters).forEach(counter -> counts.put(counter, new long[1]));
        tuning = new LiveTuning<>(false, untuned);
    }

    /** Reads what the store has of it. */
    protected final void restore(PartStore store) {
        part.restore(store, this::read);
    }

    /** Writes it if it changed since the last call. */
    public final void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    /** Writes it. */
    protected abstract byte[] toBytes();

    /** Reads what {@link #toBytes} wrote. */
    protected abstract void read(byte[] bytes);

    /** Something else of it changed. */
    protected final void touch() {
        part.touch();
    }

    /** An event came. */
    public final void see(long at) {
        clock.see(at);
        touch();
    }

    /** Something of a moment was learned from. */
    public final void learned(long at) {
        clock.learned(at);
        touch();
    }

    /** The clock. */
    public final LearningClock clock() {
        return clock;
    }

    /** Counts one. */
    public final void count(C what) {
        count(what, 1);
    }

    /** Counts some. */
    public final void count(C what, long more) {
        counts.get(what)[0] += more;
        touch();
    }

    /** How many were counted. */
    public final long counted(C what) {
        return counts.get(what)[0];
    }

    /** All counts, in the order of their names. */
    protected final long[] counts() {
        return Arrays.stream(counters).mapToLong(this::counted).toArray();
    }

    /** Goes on from counts that were written, of which there may be fewer. */
    protected final void resume(long[] stored) {
        for (int i = 0; i < Math.min(counters.length, stored.length); i++) {
            counts.get(counters[i])[0] = stored[i];
        }
    }

    /** Writes each count. */
    protected final void writeCounts(BinaryWriter out) {
        Arrays.stream(counts()).forEach(out::putLong);
    }

    /** Reads what {@link #writeCounts} wrote. */
    protected final void readCounts(BinaryReader in) {
        resume(Arrays.stream(counts()).map(count -> in.getLong()).toArray());
    }

    /** What was set while it ran. */
    public final LiveTuning<L> tuning() {
        return tuning;
    }

    /** Sets how it learns. */
    public final void tune(LiveTuning<L> other) {
        tuning = other;
        touch();
    }

    /** Goes on as was set before it was written. */
    protected final void resume(boolean paused, L learning) {
        tuning = new LiveTuning<>(paused, learning);
    }

    /** Whether metrics are due; see {@link EventClock#metricsAreDue}. */
    public final boolean metricsAreDue(long every) {
        touch();
        return clock.metricsAreDue(every);
    }
}
