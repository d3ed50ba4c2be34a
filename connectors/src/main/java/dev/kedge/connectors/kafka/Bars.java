// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

/** Ids with bars between, so that no two lists of ids give the same text. */
final class Bars {
    private Bars() {}

    static String between(String first, String second) {
        return escaped(first) + "|" + escaped(second);
    }

    /** Keeps a bar within an id apart from the bars between. */
    private static String escaped(String id) {
        return id.replace("\\", "\\\\").replace("|", "\\|");
    }
}
