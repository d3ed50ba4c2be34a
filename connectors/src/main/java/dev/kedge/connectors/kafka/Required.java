// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import java.util.List;

/** Checks of what builders were given. */
final class Required {
    private Required() {}

    static String text(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty, allowed: a text");
        }
        return value;
    }

    static List<String> some(String name, List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty, allowed: one or more");
        }
        return values;
    }
}
