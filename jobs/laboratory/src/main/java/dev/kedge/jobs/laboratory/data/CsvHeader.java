// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.TextFile;
import dev.kedge.state.text.Text;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.DuplicateHeaderMode;

/** The first line of a CSV file, which names its columns. */
final class CsvHeader {
    /** What pandas calls a column without a name that it read: its own index of an earlier file. */
    private static final String PANDAS_INDEX = "Unnamed: 0";

    private CsvHeader() {}

    /** Reads the first line; which names are allowed is the caller's to say. */
    static CSVParser open(Reader text, char delimiter) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
                .get()
                .parse(TextFile.withoutMark(text));
    }

    /** Whether the first column is what pandas writes in front: the numbers of the rows. */
    static boolean hasIndex(List<String> names) {
        return names.size() > 1 && (names.get(0).isBlank() || names.get(0).equals(PANDAS_INDEX));
    }

    /** Why columns cannot be told apart by their names, if they cannot. */
    static Optional<String> mistake(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isBlank()) {
                return Optional.of(Text.format("column %d of %s has no name", i + 1, names));
            }
            if (!seen.add(names.get(i))) {
                return Optional.of("two columns are called '" + names.get(i) + "'");
            }
        }
        return Optional.empty();
    }
}
