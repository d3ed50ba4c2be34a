// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes fields of results: moments as ISO-8601, what is not finite as null, enums in lower case.
 */
public final class JsonOut {
    private final JsonGenerator to;

    public JsonOut(JsonGenerator to) {
        this.to = to;
    }

    public JsonOut text(String name, String value) throws IOException {
        to.writeStringField(name, value);
        return this;
    }

    JsonOut constant(String name, Enum<?> value) throws IOException {
        return text(name, value.name().toLowerCase(Locale.ROOT));
    }

    public JsonOut moment(String name, long epochMillis) throws IOException {
        return text(name, IsoMoment.write(epochMillis));
    }

    public JsonOut truth(String name, boolean value) throws IOException {
        to.writeBooleanField(name, value);
        return this;
    }

    public JsonOut whole(String name, long value) throws IOException {
        to.writeNumberField(name, value);
        return this;
    }

    public JsonOut number(String name, double value) throws IOException {
        to.writeFieldName(name);
        value(value);
        return this;
    }

    public JsonOut numbers(String name, double[] values) throws IOException {
        to.writeArrayFieldStart(name);
        for (double value : values) {
            value(value);
        }
        to.writeEndArray();
        return this;
    }

    /** A number to the seven digits of a 32-bit one. */
    JsonOut rounded(String name, double value) throws IOException {
        to.writeFieldName(name);
        rounded(value);
        return this;
    }

    /** Numbers to seven digits each. */
    JsonOut rounded(String name, double[] values) throws IOException {
        to.writeArrayFieldStart(name);
        for (double value : values) {
            rounded(value);
        }
        to.writeEndArray();
        return this;
    }

    JsonOut floats(String name, float[] values) throws IOException {
        to.writeArrayFieldStart(name);
        for (float value : values) {
            to.writeNumber(value);
        }
        to.writeEndArray();
        return this;
    }

    /** Texts or numbers by name. */
    JsonOut map(String name, SortedMap<?, ?> values) throws IOException {
        to.writeObjectFieldStart(name);
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            String key = (String) entry.getKey();
            if (entry.getValue() instanceof Double value) {
                to.writeNumberField(key, value);
            } else {
                to.writeStringField(key, (String) entry.getValue());
            }
        }
        to.writeEndObject();
        return this;
    }

    JsonOut object(String name, Fields fields) throws IOException {
        to.writeFieldName(name);
        element(fields);
        return this;
    }

    public <T> JsonOut objects(String name, List<T> values, ElementWriter<T> writer)
            throws IOException {
        to.writeArrayFieldStart(name);
        for (T value : values) {
            element(out -> writer.write(value, out));
        }
        to.writeEndArray();
        return this;
    }

    private void element(Fields fields) throws IOException {
        to.writeStartObject();
        fields.write(this);
        to.writeEndObject();
    }

    /** What a float cannot tell from nothing, or from infinity, keeps all its digits. */
    private void rounded(double value) throws IOException {
        float single = (float) value;
        if (Float.isFinite(single) && (single != 0 || value == 0)) {
            to.writeNumber(single);
        } else {
            value(value);
        }
    }

    private void value(double value) throws IOException {
        if (Double.isFinite(value)) {
            to.writeNumber(value);
        } else {
            to.writeNull();
        }
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface Fields {
        void write(JsonOut to) throws IOException;
    }

    /** Writes the fields of one element of an array. */
    @FunctionalInterface
    public interface ElementWriter<T> {
        void write(T value, JsonOut to) throws IOException;
    }
}
