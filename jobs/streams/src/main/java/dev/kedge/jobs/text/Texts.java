// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.text;

import java.util.Locale;

/** Text with values in it, the same on every machine, whatever language it speaks. */
public final class Texts {
    private Texts() {}

    /**
     * Puts values into a text as {@link String#format} does, without the customs of a country.
     *
     * @throws java.util.IllegalFormatException if the form and the values do not fit
     */
    public static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
