// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Compact primitives for codecs: whole numbers in as few bytes as they need, texts of any length as
 * UTF-8, arrays after their length. A length that cannot be true is refused, and memory is taken as
 * the bytes come: what a length claims costs nothing.
 */
public final class Views {
    private static final int LONGEST = 256 << 20;

    /** Elements that are taken on trust; more only after so many were there. */
    private static final int STEP = 1 << 16;

    private static final int PAYLOAD = 0x7F;
    private static final int MORE = 0x80;

    private Views() {}

    /** Writes a whole number, small ones of either sign in one byte. */
    public static void writeLong(long value, DataOutputView to) throws IOException {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~PAYLOAD) != 0) {
            to.writeByte((int) (rest & PAYLOAD) | MORE);
            rest >>>= 7;
        }
        to.writeByte((int) rest);
    }

    /** Reads what {@link #writeLong} wrote. */
    public static long readLong(DataInputView from) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = from.readByte();
            value |= (long) (next & PAYLOAD) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IOException("damaged: a number that does not end");
    }

    /** Reads a whole number of 32 bits. */
    public static int readInt(DataInputView from) throws IOException {
        long value = readLong(from);
        if (value != (int) value) {
            throw new IOException("damaged: " + value + " is not a number of 32 bits");
        }
        return (int) value;
    }

    /** Reads what {@link DataOutputView#writeBoolean} wrote: 0 or 1, and nothing else is true. */
    public static boolean readBoolean(DataInputView from) throws IOException {
        int value = from.readUnsignedByte();
        if (value > 1) {
            throw new IOException("damaged: neither true nor false but " + value);
        }
        return value == 1;
    }

    /** Writes bytes after their length. */
    public static void writeBytes(byte[] bytes, DataOutputView to) throws IOException {
        writeLong(bytes.length, to);
        to.write(bytes);
    }

    /** Reads what {@link #writeBytes} wrote. */
    public static byte[] readBytes(DataInputView from) throws IOException {
        int length = readLength(1, from);
        byte[] bytes = new byte[Math.min(length, STEP)];
        from.readFully(bytes);
        while (bytes.length < length) {
            int read = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            from.readFully(bytes, read, bytes.length - read);
        }
        return bytes;
    }

    /** Writes a text of any length. */
    public static void writeText(String text, DataOutputView to) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), to);
    }

    /** Reads what {@link #writeText} wrote. */
    public static String readText(DataInputView from) throws IOException {
        return new String(readBytes(from), StandardCharsets.UTF_8);
    }

    /** Writes numbers after their count. */
    public static void writeDoubles(double[] values, DataOutputView to) throws IOException {
        writeLong(values.length, to);
        for (double value : values) {
            to.writeDouble(value);
        }
    }

    /** Reads what {@link #writeDoubles} wrote. */
    public static double[] readDoubles(DataInputView from) throws IOException {
        int length = readLength(Double.BYTES, from);
        double[] values = new double[Math.min(length, STEP)];
        for (int i = 0; i < length; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(length, 2L * i));
            }
            values[i] = from.readDouble();
        }
        return values;
    }

    /** Writes numbers after their count. */
    public static void writeFloats(float[] values, DataOutputView to) throws IOException {
        writeLong(values.length, to);
        for (float value : values) {
            to.writeFloat(value);
        }
    }

    /** Reads what {@link #writeFloats} wrote. */
    public static float[] readFloats(DataInputView from) throws IOException {
        int length = readLength(Float.BYTES, from);
        float[] values = new float[Math.min(length, STEP)];
        for (int i = 0; i < length; i++) {
            if (i == values.length) {
                values = Arrays.copyOf(values, (int) Math.min(length, 2L * i));
            }
            values[i] = from.readFloat();
        }
        return values;
    }

    /** Reads the count of elements that follow, each of at least so many bytes. */
    public static int readLength(int elementBytes, DataInputView from) throws IOException {
        long length = readLong(from);
        if (length < 0 || length > LONGEST / elementBytes) {
            throw new IOException("damaged: a length of " + length);
        }
        return (int) length;
    }
}
