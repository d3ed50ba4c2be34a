// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** How JSON is read and written, strictly; safe for several threads. */
public final class Json {
    /** Longest record that is read; longer ones are refused before anything is made of them. */
    static final int MOST_BYTES = 16 << 20;

    /** Most brackets, names and values of a record: each takes some 30 bytes of memory. */
    static final long MOST_TOKENS = 2L << 20;

    /**
     * Depth and length of numbers and names are Jackson's defaults, written down so that they stay.
     * Names are not interned: they are whatever a sender writes, and the JVM's table would grow.
     * NaN and infinities are let through so that the field that holds them can be named.
     */
    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(1000)
                                    .maxNumberLength(1000)
                                    .maxNameLength(50_000)
                                    .maxStringLength(MOST_BYTES)
                                    .maxTokenCount(MOST_TOKENS)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

    private static final JsonFactory MESSAGES = new JsonFactory();

    private static final ObjectReader TREES = new JsonMapper().readerFor(JsonNode.class);

    private Json() {}

    /** Reads a part of an array of characters. */
    static JsonParser parser(char[] text, int start, int length) throws IOException {
        return STRICT.createParser(text, start, length);
    }

    /** Writes what is quoted in messages. */
    static JsonGenerator messages(Writer to) throws IOException {
        return MESSAGES.createGenerator(to);
    }

    public static byte[] write(Body body) {
        BufferRecycler recycler = FACTORY._getBufferRecycler();
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(recycler)) {
            try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
                to.writeStartObject();
                body.write(to);
                to.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            recycler.releaseToPool();
        }
    }

    /** The same as a tree. */
    static ObjectNode tree(Body body) {
        try (TokenBuffer to = new TokenBuffer(null, false)) {
            to.writeStartObject();
            body.write(to);
            to.writeEndObject();
            return TREES.readValue(to.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A parser's complaint in one short line. */
    static String firstLine(String message) {
        int end = message.indexOf('\n');
        return Shortened.text(end < 0 ? message : message.substring(0, end));
    }

    /** Writes the fields of one object. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator to) throws IOException;
    }
}
