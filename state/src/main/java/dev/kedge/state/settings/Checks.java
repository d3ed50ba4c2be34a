// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.settings;

import java.time.Duration;

/** Refuses settings in one line that names the field, the value and what is allowed. */
public final class Checks {
    private Checks() {}

    /**
     * Refuses a value unless a condition holds.
     *
     * @param field name of the field, as a job file has it
     * @param allowed what is allowed, after "it must be"
     * @throws IllegalArgumentException if it does not hold
     */
    public static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    field + ": " + word(value) + " is not allowed; it must be " + allowed);
        }
    }

    private static Object word(Object value) {
        return value instanceof Duration duration ? Durations.word(duration) : value;
    }

    /**
     * Refuses a number outside of bounds, both of them allowed.
     *
     * @throws IllegalArgumentException if it is outside
     */
    public static void within(String field, long value, long min, long max) {
        require(value >= min && value <= max, field, value, "between " + min + " and " + max);
    }
}
