// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads records strictly, in one pass and without a tree: one JSON object in UTF-8, with no name
 * twice in an object and nothing behind it. Safe for several threads; memory is kept for one of
 * them.
 */
public final class JsonReader implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient AtomicReference<Room> spare = new AtomicReference<>();

    /** What reading takes, from record to record. */
    private static final class Room {
        private final Utf8 characters = new Utf8();
        private final JsonTape values = new JsonTape();
    }

    /** Makes something of the fields of an object. */
    @FunctionalInterface
    public interface Body<T> {
        T read(JsonFields fields) throws UndecodableException;
    }

    /** On a task there is no room yet. */
    private Object readResolve() {
        return new JsonReader();
    }

    /**
     * Reads one record.
     *
     * @param body makes something of its fields; those that it did not ask for are refused
     * @throws UndecodableException if the bytes are no such record, with the reason
     */
    public <T> T read(byte[] bytes, Body<T> body) throws UndecodableException {
        Room taken = spare.getAndSet(null);
        Room room = taken == null ? new Room() : taken;
        try {
            JsonFields fields = fields(bytes, room);
            T value = body.read(fields);
            fields.nothingElse();
            return value;
        } finally {
            room.values.clear();
            room.characters.clear();
            spare.set(room);
        }
    }

    private static JsonFields fields(byte[] bytes, Room room) throws UndecodableException {
        if (bytes.length == 0) {
            throw UndecodableException.unreadable("empty, allowed: a JSON object");
        }
        if (bytes.length > Json.MOST_BYTES) {
            throw UndecodableException.unreadable(
                    bytes.length + " bytes, allowed: at most " + Json.MOST_BYTES);
        }
        Utf8 text = room.characters;
        text.decode(bytes);
        String kind = "MISSING";
        try (JsonParser from = Json.parser(text.array(), text.start(), text.length())) {
            if (room.values.read(from)) {
                requireEnd(from.nextToken());
                kind = room.values.kind(0).name();
            }
        } catch (JsonProcessingException e) {
            throw UndecodableException.unreadable(
                    "not JSON: " + Json.firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!kind.equals(JsonTape.Kind.OBJECT.name())) {
            throw UndecodableException.unreadable("JSON, but " + kind + ", allowed: a JSON object");
        }
        return new JsonFields(room.values, 0);
    }

    /** The words are Jackson's, whose trees refuse the same. */
    private static void requireEnd(JsonToken token) throws UndecodableException {
        if (token != null) {
            String words =
                    "Trailing token (of type "
                            + token
                            + ") found after value (bound as `com.fasterxml.jackson.databind.JsonNode`)";
            throw UndecodableException.unreadable("not JSON: " + Json.firstLine(words));
        }
    }
}
