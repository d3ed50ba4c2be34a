// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads an order of samples: a text file with one index a line, each once. */
public final class IndexFile {
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
    private static final int MOST_SHOWN = 60;

    private final Path file;
    private final int[] order;

    /** In which line each index is; 0 for none yet. */
    private final int[] lines;

    private IndexFile(Path file, int count) {
        this.file = file;
        this.order = new int[count];
        this.lines = new int[count];
    }

    /**
     * Reads an order.
     *
     * @param count how many samples there are
     * @return their indices from 0, in the order of the file
     * @throws DatasetFormatException if a line is no index, is out of range or was there before, or
     *     an index is missing; the message names the line
     * @throws IOException if the file cannot be read
     */
    public static int[] read(Path file, int count) throws IOException {
        try (BufferedReader in = TextFile.open(file)) {
            return new IndexFile(file, count).all(in);
        }
    }

    private int[] all(BufferedReader in) throws IOException {
        int line = 0;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            line++;
            int index = index(text, line);
            if (lines[index] > 0) {
                throw DatasetFormatException.of(
                        "%s:%d: %d is in line %d already; each index must come once",
                        file, line, index, lines[index]);
            }
            lines[index] = line;
            order[line - 1] = index;
        }
        if (line < order.length) {
            throw DatasetFormatException.of(
                    "%s: has %d lines; it must have one for each of the %d training samples, %d is missing",
                    file, line, order.length, missing());
        }
        return order;
    }

    private int index(String text, int line) throws DatasetFormatException {
        String stripped = text.strip();
        boolean number = INDEX.matcher(stripped).matches();
        if (!number || Integer.parseInt(stripped) >= order.length) {
            throw DatasetFormatException.of(
                    "%s:%d: '%s' is not allowed; it must be the index of a training sample, 0 to %d",
                    file, line, shown(stripped), order.length - 1);
        }
        return Integer.parseInt(stripped);
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    private int missing() {
        int index = 0;
        while (lines[index] > 0) {
            index++;
        }
        return index;
    }
}
