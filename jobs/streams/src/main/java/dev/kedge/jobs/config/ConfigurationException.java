// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import com.google.errorprone.annotations.FormatMethod;
import dev.kedge.state.text.Text;

/**
 * A file or an option says something that cannot be. The message names the field, the value and
 * what is allowed.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, in one line. */
    public ConfigurationException(String message) {
        super(message);
    }

    /** Says what is wrong, with values in it as {@link Text#format} puts them. */
    @FormatMethod
    public static ConfigurationException of(String form, Object... values) {
        return new ConfigurationException(Text.format(form, values));
    }
}
