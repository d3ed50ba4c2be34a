// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A little-endian buffer that grows, with the head of an {@link Envelope} before it: what knows its
 * size beforehand is sealed where it stands. Not thread-safe.
 */
public final class BinaryWriter {
    private ByteBuffer buffer;

    /** Starts with room for {@code capacity} bytes. */
    public BinaryWriter(int capacity) {
        int bytes = Math.addExact(Envelope.HEADER, Math.max(16, capacity));
        buffer = ByteBuffer.allocate(bytes).order(LITTLE_ENDIAN).position(Envelope.HEADER);
    }

    /** Bytes written so far. */
    public int size() {
        return buffer.position() - Envelope.HEADER;
    }

    /** Appends one byte, 1 for true. */
    public void putBoolean(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
    }

    /** Appends four bytes. */
    public void putInt(int value) {
        room(4).putInt(value);
    }

    /** Appends eight bytes. */
    public void putLong(long value) {
        room(8).putLong(value);
    }

    /** Appends eight bytes. */
    public void putDouble(double value) {
        room(8).putDouble(value);
    }

    /** Appends length and UTF-8 bytes. */
    public void putUtf8(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends length and bytes. */
    public void putBytes(byte[] value) {
        putInt(value.length);
        room(value.length).put(value);
    }

    /** Appends elements without their count. */
    public void putFloats(float[] values, int from, int count) {
        ByteBuffer at = room(4 * count);
        at.asFloatBuffer().put(values, from, count);
        at.position(at.position() + 4 * count);
    }

    /** Appends count and elements. */
    public void putFloats(float[] values) {
        putInt(values.length);
        putFloats(values, 0, values.length);
    }

    /** Appends count and elements. */
    public void putInts(int[] values) {
        putInt(values.length);
        ByteBuffer at = room(4 * values.length);
        at.asIntBuffer().put(values);
        at.position(at.position() + 4 * values.length);
    }

    /** Appends count and elements. */
    public void putLongs(long[] values) {
        putInt(values.length);
        ByteBuffer at = room(8 * values.length);
        at.asLongBuffer().put(values);
        at.position(at.position() + 8 * values.length);
    }

    /** Appends count and elements. */
    public void putDoubles(double[] values) {
        putInt(values.length);
        ByteBuffer at = room(8 * values.length);
        at.asDoubleBuffer().put(values);
        at.position(at.position() + 8 * values.length);
    }

    /** What was written, behind room for a head; the writer is not to be used any more. */
    byte[] take() {
        int end = buffer.position();
        return end == buffer.capacity() ? buffer.array() : Arrays.copyOf(buffer.array(), end);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int wanted = Math.addExact(buffer.position(), bytes);
            long doubled = Math.max(wanted, 2L * buffer.capacity());
            ByteBuffer larger =
                    ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 8, doubled))
                            .order(LITTLE_ENDIAN);
            larger.put(buffer.array(), 0, buffer.position());
            buffer = larger;
        }
        return buffer;
    }
}
