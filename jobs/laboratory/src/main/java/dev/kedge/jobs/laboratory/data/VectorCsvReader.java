// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.TextFile;
import dev.kedge.jobs.laboratory.data.VectorSet.LabelledVector;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a CSV file in UTF-8 whose first line names the columns: one is the label, all others are
 * finite numbers. The whole file is held in memory.
 */
public final class VectorCsvReader {
    private VectorCsvReader() {}

    /**
     * Reads a set. A first column without a name, as pandas writes it, is left out.
     *
     * @param label name of the column that holds the label
     * @throws DatasetFormatException if the column is missing, columns cannot be told apart, a row
     *     is too short or too long, or a number is none; the message names the line
     * @throws IOException if the file cannot be read
     */
    public static VectorSet read(Path file, String label, char delimiter) throws IOException {
        try (Reader in = TextFile.open(file);
                CSVParser parser = CsvHeader.open(in, delimiter)) {
            return read(file, label, parser);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new DatasetFormatException(file + " is not CSV: " + e.getMessage());
        }
    }

    private static VectorSet read(Path file, String label, CSVParser parser) throws IOException {
        List<String> names = parser.getHeaderNames();
        int first = CsvHeader.hasIndex(names) ? 1 : 0;
        List<String> columns = new ArrayList<>(names.subList(first, names.size()));
        Optional<String> mistake = CsvHeader.mistake(columns);
        if (mistake.isPresent()) {
            throw new DatasetFormatException(file + ":1: " + mistake.get());
        }
        if (!columns.remove(label)) {
            throw DatasetFormatException.of(
                    "%s has no column '%s'; it has %s", file, label, columns);
        }
        List<LabelledVector> rows = new ArrayList<>();
        Iterator<CSVRecord> records = parser.iterator();
        long before = parser.getCurrentLineNumber();
        while (records.hasNext()) {
            CSVRecord row = records.next();
            // The parser has not counted a last line that does not end.
            long line = Math.max(before + 1, parser.getCurrentLineNumber());
            requireAsLong(file, row, line, names);
            float[] values = new float[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = number(file, row, line, columns.get(i));
            }
            rows.add(new LabelledVector(values, row.get(label)));
            before = line;
        }
        return new VectorSet(columns, rows);
    }

    private static void requireAsLong(Path file, CSVRecord row, long line, List<String> names)
            throws DatasetFormatException {
        if (row.size() != names.size()) {
            throw DatasetFormatException.of(
                    "%s:%d: %d values for the %d columns %s",
                    file, line, row.size(), names.size(), names);
        }
    }

    private static float number(Path file, CSVRecord row, long line, String column)
            throws DatasetFormatException {
        String text = row.get(column);
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what parses and is no number.
        }
        throw DatasetFormatException.of(
                "%s:%d: column '%s' is '%s', it must be a finite number", file, line, column, text);
    }
}
