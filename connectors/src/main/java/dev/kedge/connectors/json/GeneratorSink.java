// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Values as JSON. */
final class GeneratorSink implements ValueSink {
    private final JsonGenerator to;

    GeneratorSink(JsonGenerator to) {
        this.to = to;
    }

    @Override
    public void name(String next) throws IOException {
        to.writeFieldName(next);
    }

    @Override
    public void text(String value) throws IOException {
        to.writeString(value);
    }

    @Override
    public void moment(long epochMillis) throws IOException {
        to.writeString(IsoMoment.write(epochMillis));
    }

    @Override
    public void whole(long value) throws IOException {
        to.writeNumber(value);
    }

    @Override
    public void number(double value) throws IOException {
        to.writeNumber(value);
    }

    @Override
    public void single(float value) throws IOException {
        to.writeNumber(value);
    }

    @Override
    public void truth(boolean value) throws IOException {
        to.writeBoolean(value);
    }

    @Override
    public void nothing() throws IOException {
        to.writeNull();
    }

    @Override
    public void beginObject() throws IOException {
        to.writeStartObject();
    }

    @Override
    public void endObject() throws IOException {
        to.writeEndObject();
    }

    @Override
    public void beginArray() throws IOException {
        to.writeStartArray();
    }

    @Override
    public void endArray() throws IOException {
        to.writeEndArray();
    }
}
