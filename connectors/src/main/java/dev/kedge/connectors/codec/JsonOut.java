// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Writes fields of results: moments as ISO-8601, what is not finite as null, enums in lower case.
 */
final class JsonOut {
    private final JsonGenerator to;

    JsonOut(JsonGenerator to) {
        this.to = to;
    }

    JsonOut text(String name, String value) throws IOException {
        to.writeStringField(name, value);
        return this;
    }

    JsonOut constant(String name, Enum<?> value) throws IOException {
        return text(name, value.name().toLowerCase(Locale.ROOT));
    }

    JsonOut moment(String name, long epochMillis) throws IOException {
        return text(name, Instant.ofEpochMilli(epochMillis).toString());
    }

    JsonOut truth(String name, boolean value) throws IOException {
        to.writeBooleanField(name, value);
        return this;
    }

    JsonOut whole(String name, long value) throws IOException {
        to.writeNumberField(name, value);
        return this;
    }

    JsonOut number(String name, double value) throws IOException {
        to.writeFieldName(name);
        value(value);
        return this;
    }

    JsonOut numbers(String name, double[] values) throws IOException {
        to.writeArrayFieldStart(name);
        for (double value : values) {
            value(value);
        }
        to.writeEndArray();
        return this;
    }

    JsonOut object(String name, Json.Body body) throws IOException {
        to.writeFieldName(name);
        element(body);
        return this;
    }

    <T> JsonOut objects(String name, List<T> values, ElementWriter<T> writer) throws IOException {
        to.writeArrayFieldStart(name);
        for (T value : values) {
            element(body -> writer.write(value, new JsonOut(body)));
        }
        to.writeEndArray();
        return this;
    }

    private void element(Json.Body body) throws IOException {
        to.writeStartObject();
        body.write(to);
        to.writeEndObject();
    }

    private void value(double value) throws IOException {
        if (Double.isFinite(value)) {
            to.writeNumber(value);
        } else {
            to.writeNull();
        }
    }

    /** Writes the fields of one element of an array. */
    @FunctionalInterface
    interface ElementWriter<T> {
        void write(T value, JsonOut to) throws IOException;
    }
}
