// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import java.io.IOException;
import java.util.Locale;

/** A file is not of the format that it should be; the message names it and says what is wrong. */
public final class DatasetFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public DatasetFormatException(String message) {
        super(message);
    }

    /** Says what is wrong, with values in it as {@link String#format} puts them. */
    public static DatasetFormatException of(String form, Object... values) {
        return new DatasetFormatException(String.format(Locale.ROOT, form, values));
    }
}
