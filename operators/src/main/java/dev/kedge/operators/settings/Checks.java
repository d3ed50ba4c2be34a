// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.settings;

/** Refuses settings, naming the field, the value and what is allowed. */
public final class Checks {
    private Checks() {}

    /** Refuses unless something holds. */
    public static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    field + ": " + value + " is not allowed; it must be " + allowed);
        }
    }

    /** Refuses a number outside its bounds. */
    public static void within(String field, long value, long least, long most) {
        require(value >= least && value <= most, field, value, "between " + least + " and " + most);
    }
}
