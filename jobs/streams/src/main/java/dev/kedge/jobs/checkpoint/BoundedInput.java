// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a file whose lengths are not to be trusted: each is held against what is left of the file
 * before anybody asks for memory.
 */
final class BoundedInput implements Closeable {
    private final DataInputStream in;
    private final long size;
    private long left;

    private BoundedInput(DataInputStream in, long size) {
        this.in = in;
        this.size = size;
        this.left = size;
    }

    static BoundedInput open(Path file) throws IOException {
        long size = Files.size(file);
        return new BoundedInput(
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file))), size);
    }

    long at() {
        return size - left;
    }

    long left() {
        return left;
    }

    int u8() throws IOException {
        take(1);
        return in.readUnsignedByte();
    }

    int i32() throws IOException {
        take(Integer.BYTES);
        return in.readInt();
    }

    long i64() throws IOException {
        take(Long.BYTES);
        return in.readLong();
    }

    String text() throws IOException {
        take(Short.BYTES);
        int bytes = in.readUnsignedShort();
        take(bytes);
        byte[] text = new byte[Short.BYTES + bytes];
        text[0] = (byte) (bytes >>> Byte.SIZE);
        text[1] = (byte) bytes;
        in.readFully(text, Short.BYTES, bytes);
        try (DataInputStream one = new DataInputStream(new ByteArrayInputStream(text))) {
            return one.readUTF();
        } catch (UTFDataFormatException e) {
            throw new DamagedCheckpointException("a name in _metadata is no text");
        }
    }

    /**
     * Reads a number of things.
     *
     * @param each bytes that each of them has in the file at least
     */
    int count(int each) throws IOException {
        int count = i32();
        if (count < 0 || (long) count * each > left) {
            throw DamagedCheckpointException.of(
                    "_metadata promises %,d things of %d bytes where %,d bytes are left",
                    count, each, left);
        }
        return count;
    }

    void skip(long bytes) throws IOException {
        take(bytes);
        in.skipNBytes(bytes);
    }

    private void take(long bytes) throws IOException {
        if (bytes > left) {
            throw new EOFException();
        }
        left -= bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
