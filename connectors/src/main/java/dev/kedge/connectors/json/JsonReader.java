// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.io.Serializable;

/**
 * Reads records strictly, in one pass and without a tree, however they are spelled. Safe for
 * several threads; memory is kept for one of them.
 */
public final class JsonReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Wire wire;
    private final transient Spare<JsonTape> spare = new Spare<>(JsonTape::new);

    /** Makes something of the fields of an object. */
    @FunctionalInterface
    public interface Body<T> {
        T read(JsonFields fields) throws UndecodableException;
    }

    /** Reads JSON. */
    public JsonReader() {
        this(Wire.json());
    }

    /** Reads what is spelled so. */
    public JsonReader(Wire wire) {
        this.wire = wire;
    }

    /** On a task there is no memory yet. */
    private Object readResolve() {
        return new JsonReader(wire);
    }

    /**
     * Reads one record.
     *
     * @param body makes something of its fields; those that it did not ask for are refused
     * @throws UndecodableException if the bytes are no such record, with the reason
     */
    public <T> T read(byte[] bytes, Body<T> body) throws UndecodableException {
        return skim(
                bytes,
                fields -> {
                    T value = body.read(fields);
                    fields.nothingElse();
                    return value;
                });
    }

    /** Reads one record, whatever else is in it. */
    <T> T skim(byte[] bytes, Body<T> body) throws UndecodableException {
        if (bytes.length > Json.MOST_BYTES) {
            throw UndecodableException.unreadable(
                    bytes.length + " bytes, allowed: at most " + Json.MOST_BYTES);
        }
        JsonTape values = spare.take();
        try {
            wire.read(bytes, values);
            return body.read(new JsonFields(values, 0));
        } finally {
            values.clear();
            spare.give(values);
        }
    }
}
