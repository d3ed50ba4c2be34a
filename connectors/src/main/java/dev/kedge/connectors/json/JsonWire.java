// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * JSON, read strictly: one object in UTF-8, with no name twice in an object and nothing behind it.
 * Safe for several threads; memory is kept for one of them.
 */
final class JsonWire implements Wire {
    private static final long serialVersionUID = 1L;

    private final transient Spare<Utf8> spare = new Spare<>(Utf8::new);

    /** On a task there is no memory yet. */
    private Object readResolve() {
        return new JsonWire();
    }

    @Override
    public void read(byte[] bytes, JsonTape to) throws UndecodableException {
        if (bytes.length == 0) {
            throw UndecodableException.unreadable("empty, allowed: a JSON object");
        }
        Utf8 text = spare.take();
        try {
            text.decode(bytes);
            read(text, to);
        } finally {
            text.clear();
            spare.give(text);
        }
    }

    private static void read(Utf8 text, JsonTape to) throws UndecodableException {
        String kind = "MISSING";
        try (JsonParser from = Json.parser(text.array(), text.start(), text.length())) {
            if (to.read(from)) {
                requireEnd(from.nextToken());
                kind = to.kind(0).name();
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

    @Override
    public byte[] write(JsonTape from) {
        return Json.write(
                to -> {
                    for (JsonValue value : new JsonValue(from, 0).values()) {
                        to.writeFieldName(value.name());
                        value.write(to);
                    }
                });
    }
}
