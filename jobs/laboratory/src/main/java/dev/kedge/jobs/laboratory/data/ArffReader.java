// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import dev.kedge.connectors.json.TextFile;
import dev.kedge.jobs.laboratory.data.ArffTable.Attribute;
import dev.kedge.jobs.laboratory.data.ArffTable.Content;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a file in Weka's attribute-relation format, in UTF-8: numeric, nominal and string
 * attributes, dense rows, {@code ?} for what is missing, names and values in single or double
 * quotes with backslashes before quotes. Dates, relations, sparse rows and weights are refused. The
 * whole file is held in memory.
 */
public final class ArffReader {
    private final Path file;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<List<Optional<String>>> rows = new ArrayList<>();
    private String relation = "";
    private boolean inData;
    private long line;

    private ArffReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws DatasetFormatException if a line is not as it must be; the message names it
     * @throws IOException if the file cannot be read
     */
    public static ArffTable read(Path file) throws IOException {
        try (BufferedReader in = TextFile.open(file)) {
            return new ArffReader(file).all(in);
        }
    }

    private ArffTable all(BufferedReader in) throws IOException {
        String text = in.readLine();
        while (text != null) {
            line++;
            String stripped = text.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("%")) {
                take(stripped);
            }
            text = in.readLine();
        }
        if (!inData) {
            throw new DatasetFormatException(file + " has no @data");
        }
        return new ArffTable(relation, attributes, rows);
    }

    private void take(String text) throws DatasetFormatException {
        if (inData) {
            rows.add(row(text));
            return;
        }
        Words words = new Words(text);
        String keyword = words.plain().toLowerCase(Locale.ROOT);
        switch (keyword) {
            case "@relation" -> relation = words.name();
            case "@attribute" -> attributes.add(attribute(words));
            case "@data" -> {
                require(!attributes.isEmpty(), "there is no @attribute before @data");
                inData = true;
            }
            default ->
                    throw wrong(
                            "'%s' is not allowed; it must be @relation, @attribute, @data or a comment",
                            keyword);
        }
    }

    private Attribute attribute(Words words) throws DatasetFormatException {
        String name = words.name();
        require(!name.isEmpty(), "an attribute has no name");
        require(
                attributes.stream().noneMatch(other -> other.name().equals(name)),
                "there is another attribute '%s'",
                name);
        String type = words.rest();
        if (type.startsWith("{")) {
            require(type.endsWith("}"), "the values of '%s' do not end with }", name);
            List<String> values = new ArrayList<>();
            for (Cell cell : cells(type.substring(1, type.length() - 1))) {
                require(!cell.text().isEmpty() || cell.quoted(), "a value of '%s' is empty", name);
                values.add(cell.text());
            }
            return new Attribute(name, Content.NOMINAL, values);
        }
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "numeric", "real", "integer" -> new Attribute(name, Content.NUMBER, List.of());
            case "string" -> new Attribute(name, Content.TEXT, List.of());
            default ->
                    throw wrong(
                            "attribute '%s' is of type '%s', it must be numeric, real, integer, string or {values}",
                            name, type);
        };
    }

    private List<Optional<String>> row(String text) throws DatasetFormatException {
        require(!text.startsWith("{"), "sparse rows are not read");
        List<Cell> cells = cells(text);
        require(
                cells.size() == attributes.size(),
                "%d values for %d attributes",
                cells.size(),
                attributes.size());
        List<Optional<String>> row = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            row.add(value(attributes.get(i), cells.get(i)));
        }
        return List.copyOf(row);
    }

    private Optional<String> value(Attribute attribute, Cell cell) throws DatasetFormatException {
        if (cell.text().equals("?") && !cell.quoted()) {
            return Optional.empty();
        }
        String text = cell.text();
        List<String> allowed = attribute.values();
        String mistake = "attribute '%s' is '%s', it must be ";
        switch (attribute.type()) {
            case NUMBER ->
                    require(isFinite(text), mistake + "a finite number", attribute.name(), text);
            case NOMINAL -> {
                boolean known = allowed.contains(text);
                require(known, mistake + "one of %s", attribute.name(), text, allowed);
            }
            case TEXT -> {
                // Anything goes.
            }
        }
        return Optional.of(text);
    }

    private static boolean isFinite(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private record Cell(String text, boolean quoted) {}

    private List<Cell> cells(String text) throws DatasetFormatException {
        List<Cell> cells = new ArrayList<>();
        Words words = new Words(text);
        cells.add(words.cell());
        while (words.skip(',')) {
            cells.add(words.cell());
        }
        require(words.isOver(), "'%s' follows a quoted value", words.rest());
        return cells;
    }

    private void require(boolean holds, String form, Object... values)
            throws DatasetFormatException {
        if (!holds) {
            throw wrong(form, values);
        }
    }

    private DatasetFormatException wrong(String form, Object... values) {
        String reason = String.format(Locale.ROOT, form, values);
        return DatasetFormatException.of("%s:%d: %s", file, line, reason);
    }

    /** A place in a line. */
    private final class Words {
        private final String text;
        private int at;

        private Words(String text) {
            this.text = text;
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        boolean isOver() {
            skipBlanks();
            return at == text.length();
        }

        boolean skip(char expected) {
            skipBlanks();
            boolean there = at < text.length() && text.charAt(at) == expected;
            at += there ? 1 : 0;
            return there;
        }

        String rest() {
            skipBlanks();
            return text.substring(at);
        }

        /** Up to the next blank. */
        String plain() {
            skipBlanks();
            int from = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        String name() throws DatasetFormatException {
            skipBlanks();
            return isQuote() ? quoted() : plain();
        }

        /** Up to the next comma, without the blanks around it. */
        Cell cell() throws DatasetFormatException {
            skipBlanks();
            if (isQuote()) {
                return new Cell(quoted(), true);
            }
            int end = text.indexOf(',', at);
            String value = text.substring(at, end < 0 ? text.length() : end).strip();
            at = end < 0 ? text.length() : end;
            return new Cell(value, false);
        }

        private boolean isQuote() {
            return at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"');
        }

        private String quoted() throws DatasetFormatException {
            char quote = text.charAt(at++);
            StringBuilder value = new StringBuilder();
            while (at < text.length() && text.charAt(at) != quote) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at++));
            }
            require(at < text.length(), "a quote does not end");
            at++;
            return value.toString();
        }
    }
}
