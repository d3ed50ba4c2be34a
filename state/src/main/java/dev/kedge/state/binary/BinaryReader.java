// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

import static dev.kedge.state.text.Text.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads what {@link BinaryWriter} wrote. Every length is checked before anything is allocated. */
public final class BinaryReader {
    private final ByteBuffer buffer;
    private final int version;

    BinaryReader(ByteBuffer buffer, int version) {
        this.buffer = buffer;
        this.version = version;
    }

    /** Version of the format that was read from the envelope. */
    public int version() {
        return version;
    }

    /** Reads one byte, true if it is not 0. */
    public boolean getBoolean() {
        require(1);
        return buffer.get() != 0;
    }

    /** Reads four bytes. */
    public int getInt() {
        require(4);
        return buffer.getInt();
    }

    /** Reads eight bytes. */
    public long getLong() {
        require(8);
        return buffer.getLong();
    }

    /** Reads eight bytes. */
    public double getDouble() {
        require(8);
        return buffer.getDouble();
    }

    /** Reads a count of things that follow, each at least one byte long. */
    public int getCount() {
        int count = getInt();
        require(count);
        return count;
    }

    /** Reads length and UTF-8 bytes. */
    public String getUtf8() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    /** Reads length and bytes. */
    public byte[] getBytes() {
        byte[] value = new byte[getCount()];
        buffer.get(value);
        return value;
    }

    /** Reads {@code count} elements. */
    public float[] getFloats(int count) {
        require(4L * count);
        float[] values = new float[count];
        buffer.asFloatBuffer().get(values);
        buffer.position(buffer.position() + 4 * count);
        return values;
    }

    /** Reads count and elements. */
    public float[] getFloats() {
        return getFloats(getCount());
    }

    /** Reads count and elements. */
    public int[] getInts() {
        int count = getCount();
        require(4L * count);
        int[] values = new int[count];
        buffer.asIntBuffer().get(values);
        buffer.position(buffer.position() + 4 * count);
        return values;
    }

    /** Reads count and elements. */
    public long[] getLongs() {
        int count = getCount();
        require(8L * count);
        long[] values = new long[count];
        buffer.asLongBuffer().get(values);
        buffer.position(buffer.position() + 8 * count);
        return values;
    }

    /** Reads count and elements. */
    public double[] getDoubles() {
        int count = getCount();
        require(8L * count);
        double[] values = new double[count];
        buffer.asDoubleBuffer().get(values);
        buffer.position(buffer.position() + 8 * count);
        return values;
    }

    /**
     * Reads count and elements.
     *
     * @throws DamagedSnapshotException if they are not as many as wanted
     */
    public double[] getDoubles(int wanted) {
        double[] values = getDoubles();
        requireCount(values.length, wanted);
        return values;
    }

    /**
     * Reads count and elements.
     *
     * @throws DamagedSnapshotException if they are not as many as wanted
     */
    public long[] getLongs(int wanted) {
        long[] values = getLongs();
        requireCount(values.length, wanted);
        return values;
    }

    /**
     * Makes a value that checks itself.
     *
     * @param made makes it of what it reads here
     * @throws DamagedSnapshotException if the value refuses what was read
     */
    public <T> T valid(Function<BinaryReader, T> made) {
        try {
            return made.apply(this);
        } catch (IllegalArgumentException | ArithmeticException e) {
            DamagedSnapshotException damaged = new DamagedSnapshotException(e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static void requireCount(int count, int wanted) {
        if (count != wanted) {
            throw new DamagedSnapshotException(format("%d values, wanted %d", count, wanted));
        }
    }

    /**
     * Checks that everything was read.
     *
     * @throws DamagedSnapshotException if bytes are left
     */
    public void requireEnd() {
        if (buffer.hasRemaining()) {
            throw new DamagedSnapshotException(buffer.remaining() + " bytes too many at the end");
        }
    }

    private void require(long bytes) {
        if (bytes < 0 || bytes > buffer.remaining()) {
            DamagedSnapshotException damaged =
                    new DamagedSnapshotException(
                            format("wants %d bytes where %d are left", bytes, buffer.remaining()));
            damaged.initCause(new BufferUnderflowException());
            throw damaged;
        }
    }
}
