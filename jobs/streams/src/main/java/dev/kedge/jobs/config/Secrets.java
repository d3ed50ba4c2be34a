// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which texts of a file are nobody else's business. */
final class Secrets {
    /** What is said in their place. */
    static final String HIDDEN = "(hidden)";

    private static final Pattern NAMES =
            Pattern.compile(".*(password|secret|jaas|credential|keystore\\.key).*|(.*[.-])?token");

    private Secrets() {}

    /** Whether a field's text is to be hidden, by the field's name. */
    static boolean isSecret(String field) {
        return NAMES.matcher(field.toLowerCase(Locale.ROOT)).matches();
    }
}
