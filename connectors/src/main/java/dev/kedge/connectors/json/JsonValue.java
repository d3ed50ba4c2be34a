// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kedge.connectors.json.JsonTape.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** One value of a record that is being read; worth nothing once it is read. */
public final class JsonValue {
    private final JsonTape tape;
    private final int at;

    JsonValue(JsonTape tape, int at) {
        this.tape = tape;
        this.at = at;
    }

    public boolean isNull() {
        return tape.kind(at) == Kind.NULL;
    }

    public boolean isText() {
        return tape.kind(at) == Kind.STRING;
    }

    /** Whether it is bytes as they are, which JSON has as a text in base64. */
    public boolean isBytes() {
        return tape.kind(at) == Kind.BYTES;
    }

    public byte[] bytes() {
        return tape.bytesAt(at);
    }

    public boolean isNumber() {
        return tape.kind(at) == Kind.NUMBER;
    }

    /** Whether it is a whole number of at most 64 bits, written without a point or an exponent. */
    public boolean isWhole() {
        return tape.isLong(at);
    }

    public boolean isArray() {
        return tape.kind(at) == Kind.ARRAY;
    }

    public boolean isObject() {
        return tape.kind(at) == Kind.OBJECT;
    }

    /** Its name in the object that holds it. */
    public String name() {
        return tape.nameAt(at);
    }

    public String text() {
        return tape.textAt(at);
    }

    public long whole() {
        return tape.wholeAt(at);
    }

    public double number() {
        return tape.numberAt(at);
    }

    /** A number as the nearest float. */
    public float single() {
        return tape.singleAt(at);
    }

    /** Values in an array, or fields of an object. */
    public int size() {
        return tape.count(at);
    }

    /** The values in an array, or of an object's fields, in their order. */
    public Iterable<JsonValue> values() {
        return () -> new Values(tape, at + 1, tape.end(at));
    }

    private static final class Values implements Iterator<JsonValue> {
        private final JsonTape tape;
        private final int end;
        private int next;

        Values(JsonTape tape, int next, int end) {
            this.tape = tape;
            this.next = next;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public JsonValue next() {
            if (next >= end) {
                throw new NoSuchElementException();
            }
            int at = next;
            next = tape.end(at);
            return new JsonValue(tape, at);
        }
    }

    JsonFields fields() {
        return new JsonFields(tape, at);
    }

    /** The value as JSON, for a message. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = Json.messages(text)) {
            write(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    void write(JsonGenerator to) throws IOException {
        write(tape, at, to);
    }

    /** As deep as records may be nested. */
    private static void write(JsonTape tape, int at, JsonGenerator to) throws IOException {
        switch (tape.kind(at)) {
            case ARRAY -> {
                to.writeStartArray();
                for (int child = at + 1; child < tape.end(at); child = tape.end(child)) {
                    write(tape, child, to);
                }
                to.writeEndArray();
            }
            case OBJECT -> {
                to.writeStartObject();
                for (int child = at + 1; child < tape.end(at); child = tape.end(child)) {
                    to.writeFieldName(tape.nameAt(child));
                    write(tape, child, to);
                }
                to.writeEndObject();
            }
            case STRING -> to.writeString(tape.textAt(at));
            case BYTES -> to.writeString(tape.bytesAt(at).length + " bytes");
            case BOOLEAN -> to.writeBoolean(tape.truthAt(at));
            case NULL -> to.writeNull();
            case NUMBER -> number(tape, at, to);
        }
    }

    private static void number(JsonTape tape, int at, JsonGenerator to) throws IOException {
        if (tape.isLong(at)) {
            to.writeNumber(tape.wholeAt(at));
        } else if (tape.isWhole(at)) {
            to.writeNumber((BigInteger) tape.large(at));
        } else {
            to.writeNumber(tape.numberAt(at));
        }
    }
}
