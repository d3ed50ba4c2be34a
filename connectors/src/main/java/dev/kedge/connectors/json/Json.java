// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The one strict JSON reader and the one writer; both are safe for several threads. */
public final class Json {
    /** Longest record that is read; longer ones are refused before anything is made of them. */
    static final int MOST_BYTES = 16 << 20;

    /**
     * Most brackets, names and values of a record: a tree takes up to 40 bytes of memory for each
     * byte of {@code [[],[],...]}.
     */
    static final long MOST_TOKENS = 2L << 20;

    /**
     * Depth and length of numbers and names are Jackson's defaults, written down so that they stay.
     * Names are not interned: they are whatever a sender writes, and the JVM's table would grow.
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
                    .build();

    // NaN and infinities are let through here so that the field that holds them can be named.
    private static final ObjectReader TREES =
            JsonMapper.builder(STRICT)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build()
                    .readerFor(JsonNode.class);

    /** No part of a text, whatever editor began it with one. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    public static ObjectNode read(byte[] bytes) throws UndecodableException {
        if (bytes.length == 0) {
            throw UndecodableException.unreadable("empty, allowed: a JSON object");
        }
        if (bytes.length > MOST_BYTES) {
            throw UndecodableException.unreadable(
                    bytes.length + " bytes, allowed: at most " + MOST_BYTES);
        }
        JsonNode node = tree(utf8(bytes));
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw UndecodableException.unreadable(
                "JSON, but " + node.getNodeType() + ", allowed: a JSON object");
    }

    public static byte[] write(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
            to.writeStartObject();
            body.write(to);
            to.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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

    private static JsonNode tree(String text) throws UndecodableException {
        try {
            return TREES.readTree(text);
        } catch (JsonProcessingException e) {
            throw UndecodableException.unreadable("not JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String utf8(byte[] bytes) throws UndecodableException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw UndecodableException.unreadable("not UTF-8");
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return Shortened.text(end < 0 ? message : message.substring(0, end));
    }

    /** Writes the fields of one object. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator to) throws IOException;
    }
}
