// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The schemas of all records, from the resources beside this class. */
public final class RecordSchemas {
    private RecordSchemas() {}

    /**
     * The Avro schema of a record.
     *
     * @param record its name: {@code creative-score}
     * @throws IllegalArgumentException if there is none
     */
    public static String avro(String record) {
        return text(record + ".avsc");
    }

    /**
     * The file of Protocol Buffers of a record.
     *
     * @param record its name
     * @throws IllegalArgumentException if there is none
     */
    public static String proto(String record) {
        return text(record + ".proto");
    }

    private static String text(String file) {
        try (InputStream in = RecordSchemas.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no schema " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
