// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.hpcr.ReplayTuning;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Family;
import dev.kedge.state.binary.Frame;
import dev.kedge.state.part.PartStore;

/**
 * A model's clock and counters.
 *
 * <p>Binary format, version 1, family {@link Family#CLASSIFIER_PROGRESS}: newest event time, next
 * metrics, newest learned sample, arrivals, samples, expired, duplicates, dead letters, paused (0
 * or 1), rate, weights of the proxies' and of the samples' distillation.
 */
final class ClassifierProgress {
    private static final int VERSION = 1;
    private static final String PART = "progress";

    private long newest = Long.MIN_VALUE;
    private long nextMetrics = Long.MIN_VALUE;
    private long newestLearned = Long.MIN_VALUE;
    private long arrivals;
    private long samples;
    private long expired;
    private long duplicates;
    private long deadLetters;
    private ClassifierTuning tuning = ClassifierTuning.NONE;
    private boolean changed = true;

    static ClassifierProgress restored(PartStore store) {
        ClassifierProgress progress = new ClassifierProgress();
        store.get(PART).ifPresent(progress::read);
        return progress;
    }

    /** An event came; event time never goes back. */
    void see(long at) {
        newest = Math.max(newest, at);
        arrivals++;
        changed = true;
    }

    long newest() {
        return newest;
    }

    /** The number of the event that came last. */
    long arrival() {
        return arrivals;
    }

    void scored() {
        samples++;
        changed = true;
    }

    long samples() {
        return samples;
    }

    void learned(long at) {
        newestLearned = Math.max(newestLearned, at);
        changed = true;
    }

    /** Event time of the newest sample that was learned from, or {@code otherwise}. */
    long newestLearned(long otherwise) {
        return newestLearned == Long.MIN_VALUE ? otherwise : newestLearned;
    }

    void expired() {
        expired++;
        changed = true;
    }

    long expiredSamples() {
        return expired;
    }

    void duplicate() {
        duplicates++;
        changed = true;
    }

    long duplicates() {
        return duplicates;
    }

    void deadLetter() {
        deadLetters++;
        changed = true;
    }

    long deadLetters() {
        return deadLetters;
    }

    ClassifierTuning tuning() {
        return tuning;
    }

    void tune(ClassifierTuning other) {
        tuning = other;
        changed = true;
    }

    /**
     * Whether event time has passed the next moment for metrics; if so, the moment after is set.
     */
    boolean metricsAreDue(long every) {
        if (nextMetrics == Long.MIN_VALUE) {
            nextMetrics = newest + every;
            return false;
        }
        if (newest < nextMetrics) {
            return false;
        }
        nextMetrics += Math.floorDiv(newest - nextMetrics, every) * every + every;
        return true;
    }

    void flush(PartStore store) {
        if (!changed) {
            return;
        }
        BinaryWriter out = new BinaryWriter(128);
        out.putLong(newest);
        out.putLong(nextMetrics);
        out.putLong(newestLearned);
        out.putLong(arrivals);
        out.putLong(samples);
        out.putLong(expired);
        out.putLong(duplicates);
        out.putLong(deadLetters);
        out.putBoolean(tuning.paused());
        out.putDouble(tuning.learning().rate());
        out.putDouble(tuning.learning().alpha());
        out.putDouble(tuning.learning().beta());
        store.put(PART, Frame.seal(Family.CLASSIFIER_PROGRESS, VERSION, out));
        changed = false;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Frame.open(bytes, Family.CLASSIFIER_PROGRESS, VERSION);
        newest = in.getLong();
        nextMetrics = in.getLong();
        newestLearned = in.getLong();
        arrivals = in.getLong();
        samples = in.getLong();
        expired = in.getLong();
        duplicates = in.getLong();
        deadLetters = in.getLong();
        tuning =
                new ClassifierTuning(
                        in.getBoolean(),
                        new ReplayTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        in.requireEnd();
        changed = false;
    }
}
