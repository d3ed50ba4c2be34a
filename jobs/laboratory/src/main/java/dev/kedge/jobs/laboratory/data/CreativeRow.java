// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.Characters;
import dev.kedge.connectors.json.CreativeLimits;
import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;

/** One row as a life. */
final class CreativeRow {
    private static final String MOMENT =
            "ISO-8601 with a zone, or a date (midnight UTC), in 2000 to 2099";

    private final CreativeColumns columns;
    private final CSVRecord row;
    private final int width;

    CreativeRow(CreativeColumns columns, CSVRecord row, int width) {
        this.width = width;
        this.columns = columns;
        this.row = row;
    }

    /** The life; it is open where the row names no end. */
    CreativeLife life() throws RowException {
        if (row.size() != width) {
            throw new RowException(row.size() + " columns, allowed: as many as the header has");
        }
        long startedAt = moment(columns.startedAt());
        CreativeLaunched launched = new CreativeLaunched(model(), id(), startedAt, content());
        if (!value(columns.stoppedAt()).isEmpty()) {
            return new CreativeLife(launched, notBefore(startedAt, columns.stoppedAt()), true);
        }
        Optional<String> seen =
                Optional.of(columns.observedUntil())
                        .filter(column -> !column.isBlank() && !value(column).isEmpty());
        long until = seen.isEmpty() ? CreativeLife.OPEN : notBefore(startedAt, seen.get());
        return new CreativeLife(launched, until, false);
    }

    private long notBefore(long startedAt, String column) throws RowException {
        long at = moment(column);
        if (at < startedAt) {
            throw RowException.of(
                    column,
                    value(column),
                    "at or after " + columns.startedAt() + ", " + value(columns.startedAt()));
        }
        return at;
    }

    private String id() throws RowException {
        String id = shortText(columns.id());
        if (id.isEmpty()) {
            throw RowException.of(columns.id(), id, "a text, not blank");
        }
        return id;
    }

    private String model() throws RowException {
        if (columns.modelColumn().isBlank()) {
            return columns.model();
        }
        String model = shortText(columns.modelColumn());
        return model.isEmpty() ? columns.model() : model;
    }

    private CreativeContent content() throws RowException {
        String advertiser = columns.advertiser().isBlank() ? "" : shortText(columns.advertiser());
        return CreativeContent.of(advertiser, text(), categories(), numbers(), new float[0]);
    }

    private String shortText(String column) throws RowException {
        String value = value(column);
        int most = CreativeLimits.DEFAULT.idChars();
        if (value.length() > most) {
            throw RowException.of(column, value, "at most " + most + " characters");
        }
        if (Characters.hasControl(value)) {
            throw RowException.of(column, Characters.shown(value), Characters.WITHOUT_CONTROL);
        }
        return value;
    }

    private String text() throws RowException {
        List<String> parts = new ArrayList<>();
        for (String column : columns.text()) {
            if (!value(column).isEmpty()) {
                parts.add(value(column));
            }
        }
        String text = String.join(" ", parts);
        requireReadable(String.join(", ", columns.text()), text);
        return text;
    }

    /** As an event's texts must be: what is read here is taken as events are. */
    private static void requireReadable(String column, String text) throws RowException {
        Optional<String> allowed = Characters.allowed(text, CreativeLimits.DEFAULT.textBytes());
        if (allowed.isPresent()) {
            throw RowException.of(column, text.length() + " characters", allowed.get());
        }
    }

    private Map<String, String> categories() throws RowException {
        Map<String, String> categories = new TreeMap<>();
        for (String column : columns.categories()) {
            requireReadable(column, value(column));
            if (!value(column).isEmpty()) {
                categories.put(column, value(column));
            }
        }
        return categories;
    }

    private Map<String, Double> numbers() throws RowException {
        Map<String, Double> numbers = new TreeMap<>();
        for (String column : columns.numbers()) {
            if (!value(column).isEmpty()) {
                numbers.put(column, number(column));
            }
        }
        return numbers;
    }

    private double number(String column) throws RowException {
        try {
            double number = Double.parseDouble(value(column));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, together with what is not finite.
        }
        throw RowException.of(column, value(column), "a finite number, or empty");
    }

    private long moment(String column) throws RowException {
        String value = value(column);
        try {
            long at = epochMillis(value);
            if (CreativeLimits.plausible(at)) {
                return at;
            }
        } catch (DateTimeException e) {
            // Refused below, together with what is out of bounds.
        }
        throw RowException.of(column, value, MOMENT);
    }

    private static long epochMillis(String value) {
        return value.indexOf('T') < 0
                ? LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
                : OffsetDateTime.parse(value).toInstant().toEpochMilli();
    }

    private String value(String column) {
        return row.get(column).strip();
    }
}
