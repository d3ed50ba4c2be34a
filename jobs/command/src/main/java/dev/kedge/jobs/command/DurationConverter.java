// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.config.StrictYaml;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 60s}, {@code 5 min} or {@code 1d}. */
final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        if (text.matches("[0-9_.]*[1-9][0-9_.]*")) {
            throw new TypeConversionException(
                    "'" + text + "' has no unit; say for example " + text + "s or " + text + "min");
        }
        try {
            return StrictYaml.duration(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration; say for example 60s, 5min or 1d");
        }
    }
}
