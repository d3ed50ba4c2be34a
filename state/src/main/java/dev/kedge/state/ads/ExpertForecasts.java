// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.DamagedSnapshotException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What each expert of a model foretold of a running creative, so that each can be judged when an
 * interval closes: at the launch the logits of all intervals' hazards, and before each interval
 * that is not closed yet those of this interval. Intervals are closed after the allowed lateness,
 * when the creative has long been scored again, so several of them wait; at most {@value #WAITING}.
 * What comes before the outcome alone decides which are kept: otherwise experts would be judged by
 * stops, which come at once, and not by survivals. Logits are kept in steps of 1/1024 and cut off
 * at +-31, two bytes each. Part of a {@link LedgerEntry}.
 */
public final class ExpertForecasts {
    /** Most intervals that wait; what is foretold of further ones is not kept. */
    private static final int WAITING = 8;

    private static final short[] NOTHING = {};
    private static final int[] NONE = {};
    private static final float STEP = 1024;

    private short[] launch = NOTHING;
    private int[] intervals = NONE;
    private short[] next = NOTHING;

    /** Whether nothing was foretold. */
    public boolean isEmpty() {
        return launch.length == 0 && intervals.length == 0;
    }

    /**
     * Remembers what was foretold at the launch.
     *
     * @param logits experts x columns
     */
    public void launched(double[] logits) {
        if (launch.length != logits.length) {
            launch = new short[logits.length];
        }
        for (int i = 0; i < logits.length; i++) {
            launch[i] = packed(logits[i]);
        }
    }

    /**
     * Remembers what was foretold last of an interval. What comes after a later interval was
     * foretold is out of order, and left out.
     *
     * @param logits experts x columns
     * @param columns number of columns
     * @param ofColumn column of the interval
     */
    public void next(int interval, double[] logits, int columns, int ofColumn) {
        int experts = logits.length / columns;
        int place = place(interval);
        boolean isLast = place == intervals.length - 1;
        if (!isLast && !(place == intervals.length && hasRoom(interval))) {
            return;
        }
        intervals = Arrays.copyOf(intervals, Math.max(intervals.length, place + 1));
        next = Arrays.copyOf(next, intervals.length * experts);
        intervals[place] = interval;
        for (int i = 0; i < experts; i++) {
            next[place * experts + i] = packed(logits[i * columns + ofColumn]);
        }
    }

    private boolean hasRoom(int interval) {
        int count = intervals.length;
        return count < WAITING && (count == 0 || interval > intervals[count - 1]);
    }

    /** Where an interval stands among those that wait; their number if it does not. */
    private int place(int interval) {
        int place = 0;
        while (place < intervals.length && intervals[place] != interval) {
            place++;
        }
        return place;
    }

    private static short packed(double logit) {
        return (short) Math.round(Math.max(-31, Math.min(31, logit)) * STEP);
    }

    /** Whether something of the shape {@code experts x columns} was foretold at the launch. */
    public boolean knowsLaunch(int count) {
        return launch.length == count;
    }

    /** What was foretold at the launch, by its place in {@code experts x columns}. */
    public double atLaunch(int place) {
        return launch[place] / STEP;
    }

    /** Whether so many experts foretold this interval before it began. */
    public boolean knowsNext(int interval, int experts) {
        return place(interval) < intervals.length && next.length == experts * intervals.length;
    }

    /** What an expert foretold of an interval before it began. */
    public double next(int interval, int expert) {
        int experts = next.length / intervals.length;
        return next[place(interval) * experts + expert] / STEP;
    }

    /** An interval is closed, and all before it. */
    void closed(int interval) {
        int over = 0;
        while (over < intervals.length && intervals[over] <= interval) {
            over++;
        }
        if (over > 0) {
            int experts = next.length / intervals.length;
            intervals = Arrays.copyOfRange(intervals, over, intervals.length);
            next = Arrays.copyOfRange(next, over * experts, next.length);
        }
    }

    /** Nothing is foretold any more. */
    void clear() {
        launch = NOTHING;
        intervals = NONE;
        next = NOTHING;
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return 80 + 2L * (launch.length + next.length) + 4L * intervals.length;
    }

    /** Writes what {@link #read} reads. */
    void write(BinaryWriter out) {
        out.putInts(intervals);
        out.putBytes(bytes(launch));
        out.putBytes(bytes(next));
    }

    /** Reads back. */
    void read(BinaryReader in) {
        intervals = in.getInts();
        launch = shorts(in.getBytes());
        next = shorts(in.getBytes());
        requireRows();
    }

    private void requireRows() {
        int count = intervals.length;
        if (count == 0 ? next.length != 0 : next.length % count != 0) {
            throw new DamagedSnapshotException(
                    next.length + " numbers foretold of " + count + " intervals");
        }
    }

    /**
     * Reads what was written when only one column was kept. That was foretold within its interval,
     * of some of those that were stopped and of few that were not: nobody is judged by it.
     */
    void readOneColumn(BinaryReader in) {
        in.getInt();
        launch = shorts(in.getBytes());
        in.getBytes();
    }

    private static byte[] bytes(short[] values) {
        byte[] bytes = new byte[2 * values.length];
        littleEndian(bytes).asShortBuffer().put(values);
        return bytes;
    }

    private static short[] shorts(byte[] bytes) {
        short[] values = new short[bytes.length / 2];
        littleEndian(bytes).asShortBuffer().get(values);
        return values;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
