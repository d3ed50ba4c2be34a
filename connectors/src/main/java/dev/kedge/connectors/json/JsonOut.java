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
    private final ValueSink to;

    public JsonOut(JsonGenerator to) {
        this(new GeneratorSink(to));
    }

    JsonOut(ValueSink to) {
        this.to = to;
    }

    public JsonOut text(String name, String value) throws IOException {
        to.name(name);
        to.text(value);
        return this;
    }

    JsonOut constant(String name, Enum<?> value) throws IOException {
        return text(name, value.name().toLowerCase(Locale.ROOT));
    }

    public JsonOut moment(String name, long epochMillis) throws IOException {
        to.name(name);
        to.moment(epochMillis);
        return this;
    }

    public JsonOut truth(String name, boolean value) throws IOException {
        to.name(name);
        to.truth(value);
        return this;
    }

    public JsonOut whole(String name, long value) throws IOException {
        to.name(name);
        to.whole(value);
        return this;
    }

    public JsonOut number(String name, double value) throws IOException {
        to.name(name);
        value(value);
        return this;
    }

    public JsonOut numbers(String name, double[] values) throws IOException {
        to.name(name);
        to.beginArray();
        for (double value : values) {
            value(value);
        }
        to.endArray();
        return this;
    }

    /** A number to the seven digits of a 32-bit one. */
    JsonOut rounded(String name, double value) throws IOException {
        to.name(name);
        rounded(value);
        return this;
    }

    /** Numbers to seven digits each. */
    JsonOut rounded(String name, double[] values) throws IOException {
        to.name(name);
        to.beginArray();
        for (double value : values) {
            rounded(value);
        }
        to.endArray();
        return this;
    }

    JsonOut floats(String name, float[] values) throws IOException {
        to.name(name);
        to.beginArray();
        for (float value : values) {
            to.single(value);
        }
        to.endArray();
        return this;
    }

    /** Texts or numbers by name. */
    JsonOut map(String name, SortedMap<?, ?> values) throws IOException {
        to.name(name);
        to.beginObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            to.name((String) entry.getKey());
            if (entry.getValue() instanceof Double value) {
                to.number(value);
            } else {
                to.text((String) entry.getValue());
            }
        }
        to.endObject();
        return this;
    }

    JsonOut object(String name, Fields fields) throws IOException {
        to.name(name);
        element(fields);
        return this;
    }

    public <T> JsonOut objects(String name, List<T> values, ElementWriter<T> writer)
            throws IOException {
        to.name(name);
        to.beginArray();
        for (T value : values) {
            element(out -> writer.write(value, out));
        }
        to.endArray();
        return this;
    }

    private void element(Fields fields) throws IOException {
        to.beginObject();
        fields.write(this);
        to.endObject();
    }

    /** What a float cannot tell from infinity keeps all its digits. */
    private void rounded(double value) throws IOException {
        float single = (float) value;
        if (Float.isFinite(single)) {
            to.single(single);
        } else {
            value(value);
        }
    }

    private void value(double value) throws IOException {
        if (Double.isFinite(value)) {
            to.number(value);
        } else {
            to.nothing();
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
