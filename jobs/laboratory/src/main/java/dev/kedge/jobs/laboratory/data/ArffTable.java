// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import java.util.List;
import java.util.Optional;

/**
 * A file in ARFF.
 *
 * @param relation its name
 * @param attributes its columns
 * @param rows its rows, each with one cell an attribute; a missing value is an empty one
 */
public record ArffTable(
        String relation, List<Attribute> attributes, List<List<Optional<String>>> rows) {
    /** Freezes the lists. */
    public ArffTable {
        attributes = List.copyOf(attributes);
        rows = List.copyOf(rows);
    }

    /** What an attribute holds. */
    public enum Content {
        /** Finite numbers. */
        NUMBER,
        /** One of the declared values. */
        NOMINAL,
        /** Any text. */
        TEXT
    }

    /**
     * A column.
     *
     * @param name its name
     * @param type what it holds
     * @param values the values of a nominal one, in the order of the file
     */
    public record Attribute(String name, Content type, List<String> values) {
        /** Freezes the list. */
        public Attribute {
            values = List.copyOf(values);
        }
    }

    /** Index of an attribute by its name. */
    public Optional<Integer> find(String name) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
