// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.state.text.Text;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where rows stand by one of their columns: numbers, or times in ISO 8601, one of both in the whole
 * column. A time without a zone is one of UTC, and a blank may stand for its {@code T}.
 */
final class RowPlaces {
    private static final int MOST_CHARACTERS = 60;
    private static final int DATE = 10;

    private final List<BigDecimal> places = new ArrayList<>();
    private Optional<Kind> kind = Optional.empty();

    private enum Kind {
        NUMBER("a finite number"),
        TIME("a time such as 2026-03-01T12:00:00Z");

        private final String allowed;

        Kind(String allowed) {
            this.allowed = allowed;
        }

        Optional<BigDecimal> place(String cell) {
            if (cell.length() > MOST_CHARACTERS) {
                return Optional.empty();
            }
            try {
                return Optional.of(this == NUMBER ? new BigDecimal(cell) : seconds(cell));
            } catch (NumberFormatException | DateTimeException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * The place of the next row.
     *
     * @throws DatasetFormatException if it is neither a number nor a time, or not what the rows
     *     before have
     */
    void add(Path file, long line, String column, String cell) throws DatasetFormatException {
        String text = cell.strip();
        if (kind.isEmpty()) {
            kind = Arrays.stream(Kind.values()).filter(k -> k.place(text).isPresent()).findFirst();
        }
        Optional<BigDecimal> place = kind.flatMap(known -> known.place(text));
        if (place.isEmpty()) {
            String shown = Text.cut(text, MOST_CHARACTERS);
            throw DatasetFormatException.of(
                    "%s:%d: column '%s' is '%s', it must be %s",
                    file, line, column, shown, allowed());
        }
        places.add(place.get());
    }

    private String allowed() {
        return kind.map(known -> known.allowed + ", as in the rows before")
                .orElse(Kind.NUMBER.allowed + ", or " + Kind.TIME.allowed);
    }

    private static BigDecimal seconds(String text) {
        Instant at = text.length() <= DATE ? date(text) : time(text);
        return BigDecimal.valueOf(at.getEpochSecond()).add(BigDecimal.valueOf(at.getNano(), 9));
    }

    private static Instant date(String text) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Instant time(String text) {
        String iso = text.charAt(DATE) == ' ' ? text.replaceFirst(" ", "T") : text;
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        iso, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof LocalDateTime local
                ? local.toInstant(ZoneOffset.UTC)
                : OffsetDateTime.from(time).toInstant();
    }

    /** The rows by their places; those of the same place as they came. */
    <T> List<T> sorted(List<T> rows) {
        return IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparing(places::get))
                .map(rows::get)
                .toList();
    }
}
