// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What each expert of a model foretold of a running creative, so that each can be judged when an
 * interval closes: at the launch the logits of all intervals' hazards, and at the newest score
 * those of one interval. Logits are kept in steps of 1/1024 and cut off at ±31, two bytes each.
 * Part of a {@link LedgerEntry}.
 */
public final class ExpertForecasts {
    private static final short[] NOTHING = {};
    private static final float STEP = 1024;
    private static final int NO_COLUMN = -1;

    private short[] launch = NOTHING;
    private short[] next = NOTHING;
    private int column = NO_COLUMN;

    /** Whether nothing was foretold. */
    public boolean isEmpty() {
        return launch.length == 0 && column == NO_COLUMN;
    }

    /**
     * Remembers what was foretold at the launch.
     *
     * @param logits experts x columns
     */
    public void launched(double[] logits) {
        launch = roomFor(launch, logits.length);
        for (int i = 0; i < logits.length; i++) {
            launch[i] = packed(logits[i]);
        }
    }

    /**
     * Remembers what was foretold last of one column.
     *
     * @param logits experts x columns
     * @param columns number of columns
     */
    public void next(double[] logits, int columns, int ofColumn) {
        next = roomFor(next, logits.length / columns);
        for (int i = 0; i < next.length; i++) {
            next[i] = packed(logits[i * columns + ofColumn]);
        }
        column = ofColumn;
    }

    private static short[] roomFor(short[] before, int count) {
        return before.length == count ? before : new short[count];
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

    /** Whether so many experts foretold this column at the newest score. */
    public boolean knowsNext(int ofColumn, int experts) {
        return column == ofColumn && next.length == experts;
    }

    /** What an expert foretold at the newest score. */
    public double next(int expert) {
        return next[expert] / STEP;
    }

    /** Nothing is foretold any more. */
    void clear() {
        launch = NOTHING;
        next = NOTHING;
        column = NO_COLUMN;
    }

    /** Heap bytes, roughly. */
    long bytes() {
        return 64 + 2L * (launch.length + next.length);
    }

    /** Writes what {@link #read} reads. */
    void write(BinaryWriter out) {
        out.putInt(column);
        out.putBytes(bytes(launch));
        out.putBytes(bytes(next));
    }

    /** Reads back. */
    void read(BinaryReader in) {
        column = in.getInt();
        launch = shorts(in.getBytes());
        next = shorts(in.getBytes());
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
