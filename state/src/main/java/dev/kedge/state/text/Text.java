// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.text;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** Text that reads the same whatever the machine's language is. */
public final class Text {
    private Text() {}

    /** As {@link String#format(Locale, String, Object...)}, without a language. */
    @FormatMethod
    public static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The beginning of a text, at most so many chars, without half of a surrogate pair. */
    public static String cut(String text, int most) {
        int end = Math.min(text.length(), most);
        boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splits ? end - 1 : end);
    }
}
