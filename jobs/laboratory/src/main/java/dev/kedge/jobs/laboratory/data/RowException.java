// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

/** A row that cannot be used. */
final class RowException extends Exception {
    private static final long serialVersionUID = 1L;

    RowException(String message) {
        super(message, null, false, false);
    }

    static RowException of(String column, String value, String allowed) {
        String shown = value.length() <= 60 ? value : value.substring(0, 60) + "...";
        return new RowException("column '" + column + "' is '" + shown + "', allowed: " + allowed);
    }
}
