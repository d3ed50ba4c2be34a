// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

import static dev.kedge.state.text.Text.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The envelope of every snapshot: magic {@code KEDG}, family, version, length of the payload,
 * CRC32C over all before it and the payload, payload. Little-endian. {@link #open} refuses damaged
 * bytes and says what is wrong.
 */
public final class Envelope {
    private static final int MAGIC = 0x4744454B;

    /** Bytes of the head. */
    static final int HEADER = 4 + 2 + 2 + 4 + 4;

    private static final int FAMILY_AT = 4;
    private static final int VERSION_AT = 6;
    private static final int LENGTH_AT = 8;
    private static final int CRC_AT = 12;

    private Envelope() {}

    /** Closes a payload into an envelope; its writer is not to be used any more. */
    public static byte[] seal(Family family, int version, BinaryWriter payload) {
        int size = payload.size();
        byte[] envelope = payload.take();
        ByteBuffer head = ByteBuffer.wrap(envelope).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0, MAGIC);
        head.putShort(FAMILY_AT, (short) family.code());
        head.putShort(VERSION_AT, (short) version);
        head.putInt(LENGTH_AT, size);
        head.putInt(CRC_AT, checksum(envelope));
        return envelope;
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
        return open(bytes, family, 1, newest);
    }

    /**
     * Opens an envelope of a format whose first versions are not read any more.
     *
     * @param oldest the oldest version that the caller can read
     */
    public static BinaryReader open(byte[] bytes, Family family, int oldest, int newest) {
        ByteBuffer envelope = checked(bytes);
        int code = envelope.getShort(FAMILY_AT);
        int version = envelope.getShort(VERSION_AT);
        if (code != family.code()) {
            throw new DamagedSnapshotException(
                    format("family is %s, wanted %s", Family.nameOf(code), family));
        }
        if (version < oldest || version > newest) {
            throw new DamagedSnapshotException(
                    format(
                            "%s version %d, this build reads %d to %d",
                            family, version, oldest, newest));
        }
        return new BinaryReader(envelope, version);
    }

    /**
     * What an intact envelope says of itself, whatever its family and version.
     *
     * @throws DamagedSnapshotException if the bytes are anything but an intact envelope
     */
    public static Header header(byte[] bytes) {
        ByteBuffer envelope = checked(bytes);
        return new Header(
                Family.nameOf(envelope.getShort(FAMILY_AT)), envelope.getShort(VERSION_AT));
    }

    /**
     * The head of an envelope.
     *
     * @param family name of the family, or {@code unknown} with its code in brackets
     * @param version version of the payload's format
     */
    public record Header(String family, int version) {
        /** Whether the payload is of that family. */
        public boolean is(Family wanted) {
            return family.equals(wanted.name());
        }
    }

    /** The whole envelope, positioned at its payload. */
    private static ByteBuffer checked(byte[] bytes) {
        if (bytes.length < HEADER) {
            throw new DamagedSnapshotException(
                    format("truncated: %d bytes, a header has %d", bytes.length, HEADER));
        }
        ByteBuffer envelope = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int magic = envelope.getInt(0);
        if (magic != MAGIC) {
            throw new DamagedSnapshotException(format("not a Kedge snapshot: magic %08x", magic));
        }
        int length = envelope.getInt(LENGTH_AT);
        if (length != bytes.length - HEADER) {
            throw new DamagedSnapshotException(
                    format(
                            "payload has %d bytes, the header says %d",
                            bytes.length - HEADER, length));
        }
        int expected = envelope.getInt(CRC_AT);
        int actual = checksum(bytes);
        if (actual != expected) {
            throw new DamagedSnapshotException(
                    format("checksum is %08x, the header says %08x", actual, expected));
        }
        return envelope.position(HEADER);
    }

    private static int checksum(byte[] envelope) {
        CRC32C crc = new CRC32C();
        crc.update(envelope, 0, CRC_AT);
        crc.update(envelope, HEADER, envelope.length - HEADER);
        return (int) crc.getValue();
    }
}
