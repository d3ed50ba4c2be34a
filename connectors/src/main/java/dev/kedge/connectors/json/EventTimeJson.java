// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.util.OptionalLong;

/**
 * Finds when a record's event happened: the top-level field {@code at}. JSON is not read for it
 * beyond that field.
 */
public final class EventTimeJson implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final Wire wire;
    private final JsonReader reader;

    /** In records that are spelled so. */
    public EventTimeJson(Wire wire) {
        this.wire = wire;
        this.reader = new JsonReader(wire);
    }

    /** Epoch milliseconds; empty where the bytes do not tell a plausible moment. */
    public OptionalLong of(byte[] bytes) {
        if (wire instanceof JsonWire) {
            return at(bytes);
        }
        try {
            return OptionalLong.of(reader.skim(bytes, fields -> fields.moment("at")));
        } catch (UndecodableException e) {
            return OptionalLong.empty();
        }
    }

    /** Epoch milliseconds; empty where the bytes do not tell a plausible moment. */
    public static OptionalLong at(byte[] bytes) {
        if (bytes.length > Json.MOST_BYTES) {
            return OptionalLong.empty();
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return OptionalLong.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("at");
                JsonToken value = parser.nextToken();
                if (found) {
                    return moment(parser, value);
                }
                parser.skipChildren();
            }
            return OptionalLong.empty();
        } catch (IOException | DateTimeException e) {
            // What cannot be read becomes a dead letter where it is decoded.
            return OptionalLong.empty();
        }
    }

    private static OptionalLong moment(JsonParser parser, JsonToken value) throws IOException {
        long at;
        if (value == JsonToken.VALUE_NUMBER_INT) {
            at = parser.getLongValue();
        } else if (value == JsonToken.VALUE_STRING) {
            at = IsoMoment.read(parser.getText());
        } else {
            return OptionalLong.empty();
        }
        return CreativeLimits.plausible(at) ? OptionalLong.of(at) : OptionalLong.empty();
    }
}
