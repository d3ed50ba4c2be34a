// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.ReplayTuning;
import dev.kedge.operators.stream.LiveProgress;
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
final class ClassifierProgress extends LiveProgress<ClassifierProgress.Counter, ReplayTuning> {
    private static final int VERSION = 1;

    /** What is counted. Their order is the stored form. */
    enum Counter {
        /** Samples scored. */
        SAMPLES,
        /** Samples whose label did not come in time. */
        EXPIRED,
        /** Records that came again. */
        DUPLICATES,
        /** Records refused. */
        DEAD_LETTERS
    }

    ClassifierProgress() {
        super(Counter.values(), ReplayTuning.NONE);
    }

    static ClassifierProgress restored(PartStore store) {
        ClassifierProgress progress = new ClassifierProgress();
        progress.restore(store);
        return progress;
    }

    @Override
    protected byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(128);
        clock().write(out);
        writeCounts(out);
        out.putBoolean(tuning().paused());
        out.putDouble(tuning().learning().rate());
        out.putDouble(tuning().learning().alpha());
        out.putDouble(tuning().learning().beta());
        return Envelope.seal(Family.CLASSIFIER_PROGRESS, VERSION, out);
    }

    @Override
    protected void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.CLASSIFIER_PROGRESS, VERSION);
        clock().read(in);
        readCounts(in);
        boolean paused = in.getBoolean();
        resume(paused, new ReplayTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        in.requireEnd();
    }
}
