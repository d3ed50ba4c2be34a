// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Moments as ISO-8601, as {@link OffsetDateTime} reads and {@link Instant} writes them. The usual
 * forms are read and written without either: each record has some, and a formatter makes a kilobyte
 * of objects for each.
 */
final class IsoMoment {
    private static final long DAY = 86_400_000;
    private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * DAY;
    private static final long LAST = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

    /** {@code 2026-03-01T12:00:00}, what the usual form begins with. */
    private static final String FORM = "dddd-dd-ddTdd:dd:dd";

    private static final int NOT_USUAL = -1;

    private IsoMoment() {}

    /**
     * Epoch milliseconds of a moment with a zone.
     *
     * @throws java.time.DateTimeException if it is none
     * @throws ArithmeticException if milliseconds cannot count its year
     */
    static long read(String text) {
        int zone = usualUpToZone(text);
        if (zone == NOT_USUAL) {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        }
        LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
        long seconds =
                60L * (60L * number(text, 11, 2) + number(text, 14, 2)) + number(text, 17, 2);
        return day.toEpochDay() * DAY + 1000 * seconds + millis(text, FORM.length(), zone);
    }

    /** Where the {@code Z} of a usual form is. */
    private static int usualUpToZone(String text) {
        int zone = text.length() - 1;
        // Nine digits are the finest that there is.
        if (zone < FORM.length() || zone > FORM.length() + 10 || text.charAt(zone) != 'Z') {
            return NOT_USUAL;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char found = text.charAt(i);
            if (form == 'd' ? !isDigit(found) : form != found) {
                return NOT_USUAL;
            }
        }
        boolean timely =
                number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
        return timely && isFraction(text, FORM.length(), zone) ? zone : NOT_USUAL;
    }

    private static boolean isFraction(String text, int from, int end) {
        if (from == end) {
            return true;
        }
        boolean fits = text.charAt(from) == '.' && end > from + 1;
        for (int i = from + 1; i < end; i++) {
            fits &= isDigit(text.charAt(i));
        }
        return fits;
    }

    private static int millis(String text, int from, int end) {
        int millis = 0;
        for (int i = from + 1; i <= from + 3; i++) {
            millis = 10 * millis + (i < end ? text.charAt(i) - '0' : 0);
        }
        return millis;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    /** A moment in UTC, with milliseconds where it has some. */
    static String write(long epochMillis) {
        if (epochMillis < FIRST || epochMillis >= LAST) {
            return Instant.ofEpochMilli(epochMillis).toString();
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, DAY));
        int time = (int) Math.floorMod(epochMillis, DAY);
        int millis = time % 1000;
        byte[] text = new byte[FORM.length() + (millis == 0 ? 1 : 5)];
        put(text, 0, 4, day.getYear());
        text[4] = '-';
        put(text, 5, 2, day.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, day.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, time / 3_600_000);
        text[13] = ':';
        put(text, 14, 2, time / 60_000 % 60);
        text[16] = ':';
        put(text, 17, 2, time / 1000 % 60);
        if (millis > 0) {
            text[19] = '.';
            put(text, 20, 3, millis);
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int from, int digits, int number) {
        int rest = number;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
