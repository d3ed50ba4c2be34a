// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.ctvis.TrackingTuning;
import dev.kedge.operators.stream.LearningClock;
import dev.kedge.operators.stream.LiveTuning;
import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.PartStore;
import java.util.Arrays;
import java.util.EnumMap;

/**
 * A model's clock and counters.
 *
 * <p>Binary format, version 1, family {@link Family#TRACKER_PROGRESS}: newest event time, next
 * metrics, newest learned frame, arrivals, counters (as many as {@link Counter} has, in its order),
 * losses so far, newest losses, paused (0 or 1), rate, weights of the contrastive and of the
 * auxiliary loss.
 */
final class TrackerProgress {
    private static final int VERSION = 1;
    private static final String PART = "progress";
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

    private final EnumMap<Counter, Long> counters = new EnumMap<>(Counter.class);
    private final double[] losses = new double[LOSSES];
    private final LearningClock clock = new LearningClock();
    private long lossCount;
    private LiveTuning<TrackingTuning> tuning = new LiveTuning<>(false, TrackingTuning.NONE);
    private boolean changed = true;

    static TrackerProgress restored(PartStore store) {
        TrackerProgress progress = new TrackerProgress();
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

    void count(Counter what, long more) {
        counters.merge(what, more, Long::sum);
        changed = true;
    }

    long counted(Counter what) {
        return counters.getOrDefault(what, 0L);
    }

    /** A step was made. */
    void learned(long at, double loss) {
        clock.learned(at);
        losses[(int) (lossCount++ % LOSSES)] = loss;
        changed = true;
    }

    /** Mean of the newest losses; NaN without any. */
    double meanLoss() {
        int count = (int) Math.min(lossCount, LOSSES);
        return Arrays.stream(losses, 0, count).sum() / (count == 0 ? Double.NaN : count);
    }

    LiveTuning<TrackingTuning> tuning() {
        return tuning;
    }

    void tune(LiveTuning<TrackingTuning> other) {
        tuning = other;
        changed = true;
    }

    void flush(PartStore store) {
        if (!changed) {
            return;
        }
        BinaryWriter out = new BinaryWriter(1024);
        clock.write(out);
        out.putLongs(Arrays.stream(Counter.values()).mapToLong(this::counted).toArray());
        out.putLong(lossCount);
        out.putDoubles(losses);
        out.putBoolean(tuning.paused());
        out.putDouble(tuning.learning().rate());
        out.putDouble(tuning.learning().embedding());
        out.putDouble(tuning.learning().auxiliary());
        store.put(PART, Envelope.seal(Family.TRACKER_PROGRESS, VERSION, out));
        changed = false;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.TRACKER_PROGRESS, VERSION);
        clock.read(in);
        long[] counted = in.getLongs();
        Counter[] known = Counter.values();
        for (int i = 0; i < Math.min(known.length, counted.length); i++) {
            counters.put(known[i], counted[i]);
        }
        lossCount = in.getLong();
        double[] stored = in.getDoubles();
        System.arraycopy(stored, 0, losses, 0, Math.min(LOSSES, stored.length));
        tuning =
                new LiveTuning<>(
                        in.getBoolean(),
                        new TrackingTuning(in.getDouble(), in.getDouble(), in.getDouble()));
        in.requireEnd();
        changed = false;
    }
}
