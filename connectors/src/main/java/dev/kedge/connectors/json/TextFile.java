// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens files of text in UTF-8. Spreadsheets and editors of Windows begin them with a byte order
 * mark, which is no part of the text.
 */
public final class TextFile {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /**
     * Opens a file behind its byte order mark, if it has one.
     *
     * @throws IOException if it cannot be opened, or does not begin with UTF-8
     */
    public static BufferedReader open(Path file) throws IOException {
        BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        try {
            return withoutMark(reader);
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** The same text without a byte order mark at its beginning. */
    public static BufferedReader withoutMark(Reader text) throws IOException {
        BufferedReader reader = text instanceof BufferedReader b ? b : new BufferedReader(text);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }
}
