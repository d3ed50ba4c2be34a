// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import dev.kedge.state.part.Part;
import dev.kedge.state.part.PartStore;

/**
 * How far one key is, apart from its model: its newest event time, whether a timer waits for it to
 * fall idle, and which command it obeyed last. A part of its own, so that a timer need not wake the
 * model.
 *
 * <p>Binary format, version 1, family {@link Family#KEY_CLOCK}: newest, timer (0 or 1), obeyed.
 */
final class KeyClock {
    static final String PART = "operator/clock";

    private static final int VERSION = 1;

    private long newest = Long.MIN_VALUE;
    private boolean timer;
    private long obeyed = -1;
    private final Part part = Part.onceTouched(PART);

    static KeyClock restored(PartStore store) {
        KeyClock clock = new KeyClock();
        clock.part.restore(store, clock::read);
        return clock;
    }

    private void read(byte[] bytes) {
        BinaryReader in = Envelope.open(bytes, Family.KEY_CLOCK, VERSION);
        newest = in.getLong();
        timer = in.getBoolean();
        obeyed = in.getLong();
        in.requireEnd();
    }

    void flush(PartStore store) {
        part.flush(store, this::toBytes);
    }

    private byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(32);
        out.putLong(newest);
        out.putBoolean(timer);
        out.putLong(obeyed);
        return Envelope.seal(Family.KEY_CLOCK, VERSION, out);
    }

    /** Whether the key had no event for longer than {@code idle} before {@code at}. */
    boolean idleAt(long at, long idle) {
        return newest != Long.MIN_VALUE && at - newest > idle;
    }

    void see(long at) {
        if (at > newest) {
            newest = at;
            part.touch();
        }
    }

    long newest() {
        return newest;
    }

    boolean hasTimer() {
        return timer;
    }

    void timer(boolean waits) {
        part.touchIf(timer != waits);
        timer = waits;
    }

    long obeyed() {
        return obeyed;
    }

    void obey(long sequence) {
        obeyed = sequence;
        part.touch();
    }
}
