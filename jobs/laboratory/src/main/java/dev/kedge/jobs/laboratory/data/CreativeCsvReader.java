// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.TextFile;
import dev.kedge.jobs.laboratory.data.CreativeHistory.RejectedRow;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.state.settings.Schema;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a CSV file of real creatives, one a row, as lives. A row that cannot be used is reported
 * and skipped. What still ran, and has no moment until which it was seen, was seen until the last
 * moment in the file. The whole file is held in memory.
 */
public final class CreativeCsvReader {
    private final CreativeColumns columns;

    /** Reads files with those columns. */
    public CreativeCsvReader(CreativeColumns columns) {
        this.columns = Schema.checked(columns);
    }

    /**
     * Reads a file in UTF-8 whose first line names the columns.
     *
     * @throws IOException if it cannot be read, or is not UTF-8
     * @throws IllegalArgumentException if a column is missing, or is there twice
     */
    public CreativeHistory read(Path file) throws IOException {
        try (Reader reader = TextFile.open(file)) {
            return read(reader);
        }
    }

    /** Reads a file that is open already; see {@link #read(Path)}. */
    public CreativeHistory read(Reader reader) throws IOException {
        try (CSVParser parser = CsvHeader.open(reader, columns.delimiter().charAt(0))) {
            requireColumns(parser.getHeaderNames());
            return new Reading(parser).all();
        }
    }

    private void requireColumns(List<String> present) {
        List<String> missing =
                columns.all().stream().filter(name -> !present.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "no column " + String.join(", ", missing) + "; the file has: " + present);
        }
        // Names of columns that nobody asked for are nobody's business.
        List<String> asked = present.stream().filter(columns.all()::contains).toList();
        Optional<String> mistake = CsvHeader.mistake(asked);
        if (mistake.isPresent()) {
            throw new IllegalArgumentException("line 1: " + mistake.get());
        }
    }

    /** One pass over one file. */
    private final class Reading {
        private final CSVParser parser;
        private final List<CreativeLife> lives = new ArrayList<>();
        private final List<RejectedRow> rejected = new ArrayList<>();
        private final Map<String, Long> lines = new HashMap<>();

        Reading(CSVParser parser) {
            this.parser = parser;
        }

        CreativeHistory all() throws IOException {
            Iterator<CSVRecord> rows = parser.iterator();
            long line = parser.getCurrentLineNumber() + 1;
            while (hasNext(rows, line)) {
                add(rows.next(), line);
                line = parser.getCurrentLineNumber() + 1;
            }
            long last = lives.stream().mapToLong(CreativeLife::lastKnown).max().orElse(0);
            lives.replaceAll(life -> life.seenUntil(last));
            return new CreativeHistory(lives, rejected);
        }

        private boolean hasNext(Iterator<CSVRecord> rows, long line) throws IOException {
            try {
                return rows.hasNext();
            } catch (UncheckedIOException e) {
                // Behind a broken quote no row can be told from another: the rest is given up.
                rejected.add(
                        new RejectedRow(line, "not CSV from here to the end: " + e.getMessage()));
                return false;
            }
        }

        private void add(CSVRecord row, long line) {
            try {
                CreativeLife life =
                        new CreativeRow(columns, row, parser.getHeaderNames().size()).life();
                requireNew(life.launched(), line);
                lives.add(life);
            } catch (RowException e) {
                rejected.add(new RejectedRow(line, e.getMessage()));
            }
        }

        private void requireNew(CreativeEvent launched, long line) throws RowException {
            String key = launched.model().length() + launched.model() + launched.creative();
            Long earlier = lines.putIfAbsent(key, line);
            if (earlier != null) {
                String allowed = "an id that line " + earlier + " has not";
                throw RowException.of(columns.id(), launched.creative(), allowed);
            }
        }
    }
}
