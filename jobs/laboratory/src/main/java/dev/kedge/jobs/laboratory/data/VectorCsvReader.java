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
     * @param columns what its columns mean
     * @throws DatasetFormatException if one of these is missing, columns cannot be told apart, a
     *     row is too short or too long, or a cell is not what it must be; the message names the
     *     line
     * @throws IOException if the file cannot be read
     */
    public static VectorSet read(Path file, VectorColumns columns, char delimiter)
            throws IOException {
        try (Reader in = TextFile.open(file);
                CSVParser parser = CsvHeader.open(in, delimiter)) {
            return read(file, columns, parser);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new DatasetFormatException(file + " is not CSV: " + e.getMessage());
        }
    }

    private static VectorSet read(Path file, VectorColumns meant, CSVParser parser)
            throws IOException {
        List<String> names = parser.getHeaderNames();
        int first = CsvHeader.hasIndex(names) ? 1 : 0;
        List<String> columns = new ArrayList<>(names.subList(first, names.size()));
        Optional<String> mistake = CsvHeader.mistake(columns);
        if (mistake.isPresent()) {
            throw new DatasetFormatException(file + ":1: " + mistake.get());
        }
        for (String column : meant.named()) {
            if (!columns.contains(column)) {
                throw DatasetFormatException.of(
                        "%s has no column '%s'; it has %s", file, column, columns);
            }
        }
        columns.removeAll(meant.named());
        RowPlaces places = new RowPlaces();
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
            String task = meant.task().isEmpty() ? "" : task(file, row, line, meant.task());
            if (!meant.order().isEmpty()) {
                places.add(file, line, meant.order(), row.get(meant.order()));
            }
            rows.add(new LabelledVector(values, row.get(meant.label()), task));
            before = line;
        }
        return new VectorSet(columns, meant.order().isEmpty() ? rows : places.sorted(rows));
    }

    private static String task(Path file, CSVRecord row, long line, String column)
            throws DatasetFormatException {
        String task = row.get(column).strip();
        if (task.isEmpty()) {
            throw DatasetFormatException.of(
                    "%s:%d: column '%s' is empty, it must name a task", file, line, column);
        }
        return task;
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
