// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.io.Serializable;

/**
 * How records of one topic are spelled in bytes. Whatever the spelling, a record has the same
 * fields and the same bounds.
 */
public interface Wire extends Serializable {
    /**
     * Reads the values of one record: an object.
     *
     * @throws UndecodableException if the bytes are none, with the reason
     */
    void read(byte[] bytes, JsonTape to) throws UndecodableException;

    /** Writes the values of one record. */
    byte[] write(JsonTape from);

    /** One JSON object a record. */
    static Wire json() {
        return new JsonWire();
    }
}
