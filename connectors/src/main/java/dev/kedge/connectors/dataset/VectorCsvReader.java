// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.dataset;

import dev.kedge.connectors.dataset.VectorSet.LabelledVector;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a CSV file in UTF-8 whose first line names the columns: one is the label, all others are
 * finite numbers. The whole file is held in memory.
 */
public final class VectorCsvReader {
    private VectorCsvReader() {}

    /**
     * Reads a set.
     *
     * @param label name of the column that holds the label
     * @throws DatasetFormatException if the column is missing or a number is none; the message
     *     names the line
     * @throws IOException if the file cannot be read
     */
    public static VectorSet read(Path file, String label, char delimiter) throws IOException {
        CSVFormat format =
                CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(delimiter)
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .get();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = format.parse(in)) {
            return read(file, label, parser);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new DatasetFormatException(file + " is not CSV: " + e.getMessage());
        }
    }

    private static VectorSet read(Path file, String label, CSVParser parser) throws IOException {
        List<String> columns = new ArrayList<>(parser.getHeaderNames());
        if (!columns.remove(label)) {
            throw new DatasetFormatException(
                    "%s has no column '%s'; it has %s".formatted(file, label, columns));
        }
        List<LabelledVector> rows = new ArrayList<>();
        for (CSVRecord row : parser) {
            float[] values = new float[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = number(file, row, parser.getCurrentLineNumber(), columns.get(i));
            }
            rows.add(new LabelledVector(values, cell(file, row, label)));
        }
        return new VectorSet(columns, rows);
    }

    private static String cell(Path file, CSVRecord row, String column)
            throws DatasetFormatException {
        if (!row.isSet(column)) {
            throw new DatasetFormatException(
                    "%s: row %d has no column '%s'".formatted(file, row.getRecordNumber(), column));
        }
        return row.get(column);
    }

    private static float number(Path file, CSVRecord row, long line, String column)
            throws DatasetFormatException {
        String text = cell(file, row, column);
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what parses and is no number.
        }
        throw new DatasetFormatException(
                "%s:%d: column '%s' is '%s', it must be a finite number"
                        .formatted(file, line, column, text));
    }
}
