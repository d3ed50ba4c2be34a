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
}
