// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.hpcr.ReplayTuning;
import dev.kedge.operators.stream.LearningClock;
import dev.kedge.operators.stream.LiveTuning;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
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

    private final LearningClock clock = new LearningClock();
    private long samples;
    private long expired;
    private long duplicates;
    private long deadLetters;
    private LiveTuning<ReplayTuning> tuning = new LiveTuning<>(false, ReplayTuning.NONE);
    private boolean changed = true;

    static ClassifierProgress restored(PartStore store) {
        ClassifierProgress progress = new ClassifierProgress();
        store.get(PART).ifPresent(progress::read);
        return progress;
    }

    /** An event came. */
    void see(long at) {
        clock.see(at);
        changed = true;
    }

    LearningClock clock() {
        return clock;
    }

    void scored() {
        samples++;
        changed = true;
    }

    long samples() {
        return samples;
    }

    void learned(long at) {
        clock.learned(at);
        changed = true;
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

    LiveTuning<ReplayTuning> tuning() {
        return tuning;
    }

    void tune(LiveTuning<ReplayTuning> other) {
        tuning = other;
        changed = true;
    }

    void flush(PartStore store) {
        if (!changed) {
            return;
        }
        BinaryWriter out = new BinaryWriter(128);
        clock.write(out);
        out.putLong(samples);
        out.putLong(expired);
        out.putLong(duplicates);
        out.putLong(deadLetters);
        out.putBoolean(tuning.paused());
        out.putDouble(tuning.learning().rate());
        out.putDouble(tuning.learning().alpha());
        out.putDouble(tuning.learning().beta());
        store.put(PART, Envelope.seal(Family.CLASSIFIER_PROGRESS, VERSION, out));
        changed = false;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.CLASSIFIER_PROGRESS, VERSION);
        clock.read(in);
        samples = in.getLong();
        expired = in.getLong();
        duplicates = in.getLong();
        deadLetters = in.getLong();
        tuning =
                new LiveTuning<>(
                        in.getBoolean(),
                        new ReplayTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        in.requireEnd();
        changed = false;
    }
}
