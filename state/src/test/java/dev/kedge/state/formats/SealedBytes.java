// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Changes a framed snapshot and puts its checksum right again: damage that no checksum shows. */
public record SealedBytes(byte[] bytes) {
    private static final int FAMILY_AT = 4;
    private static final int VERSION_AT = 6;
    private static final int LENGTH_AT = 8;
    private static final int CRC_AT = 12;
    private static final int HEADER = 16;

    /** The same of another family. */
    public byte[] withFamily(int code) {
        return with(FAMILY_AT, code);
    }

    /** The same of another version. */
    public byte[] withVersion(int version) {
        return with(VERSION_AT, version);
    }

    /** Bytes after the header. */
    public int payload() {
        return bytes.length - HEADER;
    }

    /** The same with so many bytes after the header. */
    public byte[] withPayloadOf(int length) {
        byte[] other = Arrays.copyOf(bytes, HEADER + length);
        frame(other).putInt(LENGTH_AT, length);
        return sealed(other);
    }

    /** The same with four other bytes somewhere after the header. */
    public byte[] withWord(int at, int value) {
        byte[] other = bytes.clone();
        frame(other).putInt(HEADER + at, value);
        return sealed(other);
    }

    private byte[] with(int at, int value) {
        byte[] other = bytes.clone();
        frame(other).putShort(at, (short) value);
        return sealed(other);
    }

    private static byte[] sealed(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, CRC_AT);
        crc.update(frame, HEADER, frame.length - HEADER);
        frame(frame).putInt(CRC_AT, (int) crc.getValue());
        return frame;
    }

    private static ByteBuffer frame(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
