// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.TextFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of numbers: its first line names the columns, or there is none and the MOT Challenge says
 * what they are.
 */
final class MotTable {
    private final Path file;
    private final List<String> names;
    private final List<double[]> rows = new ArrayList<>();

    private MotTable(Path file, List<String> names) {
        this.file = file;
        this.names = names;
    }

    /**
     * Reads a table.
     *
     * @param unnamed what the columns are where no line names them
     * @throws DatasetFormatException if a cell is no finite number, or a row too short; the message
     *     names the line
     */
    static MotTable read(Path file, List<String> unnamed) throws IOException {
        try (Reader in = TextFile.open(file);
                CSVParser parser =
                        CSVFormat.RFC4180
                                .builder()
                                .setIgnoreEmptyLines(true)
                                .get()
                                .parse(TextFile.withoutMark(in))) {
            return read(file, unnamed, parser);
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw new DatasetFormatException(file + " is not CSV: " + e.getMessage());
        }
    }

    private static MotTable read(Path file, List<String> unnamed, CSVParser parser)
            throws IOException {
        MotTable table = new MotTable(file, new ArrayList<>());
        for (CSVRecord row : parser) {
            if (table.names.isEmpty()) {
                boolean named = row.get(0).strip().matches("[A-Za-z_]\\w*");
                table.names.addAll(named ? row.toList() : unnamed);
                if (named) {
                    continue;
                }
            }
            table.rows.add(table.numbers(row));
        }
        return table;
    }

    private double[] numbers(CSVRecord row) throws DatasetFormatException {
        double[] numbers = new double[row.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(row, i);
        }
        return numbers;
    }

    private double number(CSVRecord row, int column) throws DatasetFormatException {
        String text = row.get(column).strip();
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what parses and is no number.
        }
        String name = column < names.size() ? names.get(column) : "column " + (column + 1);
        throw DatasetFormatException.of(
                "%s:%d: %s is '%s', it must be a number", file, row.getRecordNumber(), name, text);
    }

    List<double[]> rows() {
        return rows;
    }

    /** Where a column stands, or -1. */
    int column(String name) {
        return names.indexOf(name);
    }

    /**
     * Where a column stands.
     *
     * @throws DatasetFormatException if there is none
     */
    int needed(String name) throws DatasetFormatException {
        int at = column(name);
        for (double[] row : rows) {
            if (at < 0 || at >= row.length) {
                throw DatasetFormatException.of("%s has no column '%s'", file, name);
            }
        }
        return at;
    }

    /** Columns of an embedding: {@code e0}, {@code e1} and so on. */
    int[] embedding() {
        List<Integer> columns = new ArrayList<>();
        for (int at = column("e0"); at >= 0; at = column("e" + columns.size())) {
            columns.add(at);
        }
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }
}
