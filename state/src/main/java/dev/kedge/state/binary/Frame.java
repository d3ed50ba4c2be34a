// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The envelope of every snapshot: magic {@code KEDG}, family, version, length of the payload,
 * CRC32C over all before it and the payload, payload. Little-endian. {@link #open} refuses damaged
 * bytes and says what is wrong.
 */
public final class Frame {
    private static final int MAGIC = 0x4744454B;
    private static final int HEADER = 4 + 2 + 2 + 4 + 4;
    private static final int CRC_AT = 12;

    private Frame() {}

    /** Closes a payload into an envelope. */
    public static byte[] seal(Family family, int version, BinaryWriter payload) {
        ByteBuffer frame =
                ByteBuffer.allocate(HEADER + payload.size()).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(MAGIC).putShort((short) family.code()).putShort((short) version);
        frame.putInt(payload.size()).putInt(0);
        payload.copyTo(frame);
        frame.putInt(CRC_AT, checksum(frame.array()));
        return frame.array();
    }

    /**
     * Opens an envelope.
     *
     * @param bytes what {@link #seal} returned
     * @param family the family that is wanted
     * @param newest the newest version that the caller can read
     * @return a reader at the start of the payload
     * @throws DamagedSnapshotException if the bytes are anything but an intact envelope of that
     *     family
     */
    public static BinaryReader open(byte[] bytes, Family family, int newest) {
        if (bytes.length < HEADER) {
            throw new DamagedSnapshotException(
                    "truncated: %d bytes, a header has %d".formatted(bytes.length, HEADER));
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int magic = frame.getInt();
        int code = frame.getShort();
        int version = frame.getShort();
        int length = frame.getInt();
        int expected = frame.getInt();
        if (magic != MAGIC) {
            throw new DamagedSnapshotException("not a Kedge snapshot: magic %08x".formatted(magic));
        }
        if (length != bytes.length - HEADER) {
            throw new DamagedSnapshotException(
                    "payload has %d bytes, the header says %d"
                            .formatted(bytes.length - HEADER, length));
        }
        int actual = checksum(bytes);
        if (actual != expected) {
            throw new DamagedSnapshotException(
                    "checksum is %08x, the header says %08x".formatted(actual, expected));
        }
        if (code != family.code()) {
            throw new DamagedSnapshotException(
                    "family is %s, wanted %s".formatted(Family.nameOf(code), family));
        }
        if (version < 1 || version > newest) {
            throw new DamagedSnapshotException(
                    "%s version %d, this build reads 1 to %d".formatted(family, version, newest));
        }
        return new BinaryReader(frame, version);
    }

    private static int checksum(byte[] frame) {
        CRC32C crc = new CRC32C();
        crc.update(frame, 0, CRC_AT);
        crc.update(frame, HEADER, frame.length - HEADER);
        return (int) crc.getValue();
    }
}
