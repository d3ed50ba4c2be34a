// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes a table as CSV by RFC 4180, in UTF-8, row by row. Texts are quoted, numbers have all their
 * digits, and no text can become a formula of whoever opens the file: before what would begin one
 * stands an apostrophe, as OWASP advises for CSV injection, also behind separators of other
 * languages and line breaks inside of a cell.
 */
final class CsvAnswer {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();

    /** What spreadsheets begin a formula with, in narrow and wide form. */
    private static final Pattern FORMULA =
            Pattern.compile(
                    "(?<=^|[;\\t\\r\\n])(?=[\\s\\p{Cc}\\p{Cf}\\p{Z}]{0,64}[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvAnswer() {}

    /**
     * Answers with a table.
     *
     * @param mark whether to begin with a byte order mark, without which Excel reads no UTF-8
     */
    static void write(Context request, CsvTable table, boolean mark) {
        request.contentType("text/csv; charset=utf-8; header=present");
        request.header(
                "Content-Disposition", "attachment; filename=\"" + fileName(table.name()) + "\"");
        try (Writer to =
                        new BufferedWriter(
                                new OutputStreamWriter(
                                        request.outputStream(), StandardCharsets.UTF_8));
                Stream<List<Object>> rows = table.rows()) {
            to.write(mark ? BYTE_ORDER_MARK : "");
            write(to, table.head(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Writer to, List<String> head, Stream<List<Object>> rows) throws IOException {
        try (CSVPrinter printer = new CSVPrinter(to, FORMAT)) {
            printer.printRecord(head);
            for (Iterator<List<Object>> all = rows.iterator(); all.hasNext(); ) {
                printer.printRecord(all.next().stream().map(CsvAnswer::cell).toList());
            }
        }
    }

    private static Object cell(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : "";
        }
        return value instanceof String text ? FORMULA.matcher(text).replaceAll("'") : value;
    }

    /** Names of creatives may have any characters, names of files may not. */
    private static String fileName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-");
        return plain.substring(0, Math.min(plain.length(), 100)) + ".csv";
    }
}
