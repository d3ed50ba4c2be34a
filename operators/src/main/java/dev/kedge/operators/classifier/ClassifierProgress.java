// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.hpcr.ReplayTuning;
import dev.kedge.operators.stream.LearningClock;
import dev.kedge.operators.stream.LiveTuning;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Family;
import dev.kedge.state.binary.Frame;
import dev.kedge.state.part.Part;
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
    private final Part part = Part.of(PART);

    static ClassifierProgress restored(PartStore store) {
        ClassifierProgress progress = new ClassifierProgress();
        progress.part.restore(store, progress::read);
        return progress;
    }

    /** An event came. */
    void see(long at) {
        clock.see(at);
        part.touch();
    }

    LearningClock clock() {
        return clock;
    }

    void scored() {
        samples++;
        part.touch();
    }

    long samples() {
        return samples;
    }

    void learned(long at) {
        clock.learned(at);
        part.touch();
    }

    void expired() {
        expired++;
        part.touch();
    }

    long expiredSamples() {
        return expired;
    }

    void duplicate() {
        duplicates++;
        part.touch();
    }

    long duplicates() {
        return duplicates;
    }

    void deadLetter() {
        deadLetters++;
        part.touch();
    }

    long deadLetters() {
        return deadLetters;
    }

    LiveTuning<ReplayTuning> tuning() {
        return tuning;
    }

    void tune(LiveTuning<ReplayTuning> other) {
        tuning = other;
        part.touch();
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
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
        return Frame.seal(Family.CLASSIFIER_PROGRESS, VERSION, out);
    }

    private void read(byte[] bytes) {
        BinaryReader in = Frame.open(bytes, Family.CLASSIFIER_PROGRESS, VERSION);
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
    }
}
