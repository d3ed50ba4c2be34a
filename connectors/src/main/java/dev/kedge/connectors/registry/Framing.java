// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.registry;

import dev.kedge.connectors.json.UndecodableException;
import java.nio.ByteBuffer;

/**
 * What stands in front of a record: a byte 0 and the number of its schema, four bytes, the highest
 * first. Confluent's serializers write the same.
 */
public final class Framing {
    /** Bytes in front of a record. */
    public static final int LENGTH = 1 + Integer.BYTES;

    private static final byte MAGIC = 0;

    private Framing() {}

    /**
     * The number of a record's schema.
     *
     * @throws UndecodableException if nothing of the kind stands in front
     */
    public static int id(byte[] record) throws UndecodableException {
        if (record.length < LENGTH || record[0] != MAGIC) {
            String found =
                    record.length < LENGTH ? record.length + " bytes" : "first byte " + record[0];
            throw UndecodableException.unreadable(
                    found + ", allowed: 0 and the number of a schema in front of each record");
        }
        return ByteBuffer.wrap(record).getInt(1);
    }

    /** What stands in front of records of a schema. */
    public static byte[] of(int id) {
        return ByteBuffer.allocate(LENGTH).put(MAGIC).putInt(id).array();
    }
}
