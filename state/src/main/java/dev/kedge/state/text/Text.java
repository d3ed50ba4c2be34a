// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.text;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** Text that reads the same whatever the machine's language is. */
public final class Text {
    private static final double MOST = 1e12;
    private static final long[] POWERS = {1, 10, 100, 1000};

    private Text() {}

    /** As {@link String#format(Locale, String, Object...)}, without a language. */
    @FormatMethod
    public static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * A number with some digits behind the point, halves away from nought: as {@code %.nf} gives it
     * but for what lies within a rounding of a half, at a tenth of the time. Larger numbers than
     * 10^12 and what is not finite are left to the formatter.
     *
     * @param digits 0 to 3
     */
    public static String decimal(double value, int digits) {
        if (!(Math.abs(value) < MOST)) {
            return String.format(Locale.ROOT, "%." + digits + "f", value);
        }
        long power = POWERS[digits];
        long scaled = (long) (Math.abs(value) * power + 0.5);
        String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
        if (digits == 0) {
            return sign + scaled;
        }
        String behind = Long.toString(scaled % power);
        return sign + scaled / power + "." + "0".repeat(digits - behind.length()) + behind;
    }

    /** A whole number with a comma before every three digits, as {@code %,d} gives it. */
    public static String grouped(long value) {
        String digits = Long.toString(value);
        int first = value < 0 ? 1 : 0;
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > first; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }

    /** The beginning of a text, at most so many chars, without half of a surrogate pair. */
    public static String cut(String text, int most) {
        int end = Math.min(text.length(), most);
        boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splits ? end - 1 : end);
    }
}
