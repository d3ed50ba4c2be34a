// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary form from an array, for records that anyone may have sent: Avro's own decoder takes
 * the memory that a length asks for before it looks whether as many bytes follow, and puts other
 * characters in the place of what is no UTF-8.
 */
final class ArrayDecoder extends Decoder {
    private static final byte[] NOTHING = {};

    /** Most values of one array or map. */
    private static final long MOST = 2L << 20;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private byte[] bytes = NOTHING;
    private int at;

    /** Begins with another record, at a place in it. */
    void begin(byte[] record, int from) {
        bytes = record;
        at = from;
    }

    /** Forgets the record. */
    void end() {
        bytes = NOTHING;
        at = 0;
    }

    int left() {
        return bytes.length - at;
    }

    private int take(long count) throws EOFException {
        if (count < 0 || count > left()) {
            throw new EOFException(count + " bytes more, but there are " + left());
        }
        int from = at;
        at += (int) count;
        return from;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return bytes[take(1)] == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new IOException(value + " is no number of 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[take(1)];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IOException("a number of more than 64 bits");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    private long littleEndian(int length) throws EOFException {
        int from = take(length);
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (bytes[from + i] & 0xff);
        }
        return value;
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = Math.toIntExact(Math.min(readLong(), Integer.MAX_VALUE));
        int from = take(length);
        try {
            return utf8.decode(ByteBuffer.wrap(bytes, from, length)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("a text is not UTF-8", e);
        }
    }

    @Override
    public void skipString() throws IOException {
        take(readLong());
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = Math.toIntExact(Math.min(readLong(), Integer.MAX_VALUE));
        return ByteBuffer.wrap(bytes, take(length), length).slice();
    }

    @Override
    public void skipBytes() throws IOException {
        take(readLong());
    }

    @Override
    public void readFixed(byte[] to, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), to, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return count();
    }

    @Override
    public long arrayNext() throws IOException {
        return count();
    }

    @Override
    public long readMapStart() throws IOException {
        return count();
    }

    @Override
    public long mapNext() throws IOException {
        return count();
    }

    /** Values of the next block; below 0 it is followed by the block's length in bytes. */
    private long count() throws IOException {
        long count = readLong();
        if (count < 0) {
            readLong();
        }
        return Math.abs(few(count));
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** Skips blocks whose length is known; gives the values of one that must be skipped by hand. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            take(readLong());
            count = readLong();
        }
        return few(count);
    }

    private static long few(long count) throws IOException {
        if (count > MOST || count < -MOST) {
            throw new IOException(count + " values, at most " + MOST + " are read");
        }
        return count;
    }
}
