// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.stream.LiveProgress;
import dev.kedge.operators.tracker.ctvis.TrackingTuning;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;

/**
 * A model's clock and counters.
 *
 * <p>Binary format, version 1, family {@link Family#TRACKER_PROGRESS}: newest event time, next
 * metrics, newest learned frame, arrivals, counters (as many as {@link Counter} has, in its order),
 * losses so far, newest losses, paused (0 or 1), rate, weights of the contrastive and of the
 * auxiliary loss.
 */
final class TrackerProgress extends LiveProgress<TrackerProgress.Counter, TrackingTuning> {
    private static final int VERSION = 1;
    private static final int LOSSES = 64;

    /** What is counted. Their order is part of the stored form: new ones come last. */
    enum Counter {
        /** Frames tracked. */
        FRAMES,
        /** Detections in them. */
        DETECTIONS,
        /** Detections without a track. */
        DROPPED,
        /** Instances that began. */
        BIRTHS,
        /** Instances that were not seen for too long. */
        DEATHS,
        /** Instances that gave way. */
        EVICTED,
        /** Detections of instances that were absent from the frame before. */
        REIDENTIFIED,
        /** Frames that came again. */
        DUPLICATES,
        /** Records refused. */
        DEAD_LETTERS,
        /** Detections with an identity. */
        JUDGED,
        /** Those whose identity had another track before. */
        SWITCHES
    }

    private final double[] losses = new double[LOSSES];
    private long lossCount;

    TrackerProgress() {
        super(Counter.values(), TrackingTuning.NONE);
    }

    static TrackerProgress restored(PartStore store) {
        TrackerProgress progress = new TrackerProgress();
        progress.restore(store);
        return progress;
    }

    /** A step was made. */
    void learned(long at, double loss) {
        losses[(int) (lossCount++ % LOSSES)] = loss;
        learned(at);
    }

    /** Mean of the newest losses; NaN without any. */
    double meanLoss() {
        int count = (int) Math.min(lossCount, LOSSES);
        return Arrays.stream(losses, 0, count).sum() / (count == 0 ? Double.NaN : count);
    }

    @Override
    protected byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(1024);
        clock().write(out);
        out.putLongs(counts());
        out.putLong(lossCount);
        out.putDoubles(losses);
        out.putBoolean(tuning().paused());
        out.putDouble(tuning().learning().rate());
        out.putDouble(tuning().learning().embedding());
        out.putDouble(tuning().learning().auxiliary());
        return Envelope.seal(Family.TRACKER_PROGRESS, VERSION, out);
    }

    @Override
    protected void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.TRACKER_PROGRESS, VERSION);
        clock().read(in);
        resume(in.getLongs());
        lossCount = in.getLong();
        double[] stored = in.getDoubles();
        System.arraycopy(stored, 0, losses, 0, Math.min(LOSSES, stored.length));
        boolean paused = in.getBoolean();
        resume(paused, new TrackingTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        in.requireEnd();
    }
}
