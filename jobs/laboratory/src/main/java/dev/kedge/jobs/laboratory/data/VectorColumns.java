// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * What columns of a CSV file mean; all others are numbers.
 *
 * @param label the one that holds the label
 * @param order the one by which rows are sorted; empty for none
 * @param task the one that names the task of a row; empty for none
 */
public record VectorColumns(String label, String order, String task) {
    /** A label among numbers. */
    public static VectorColumns labelled(String label) {
        return new VectorColumns(label, "", "");
    }

    /** All that are named. */
    List<String> named() {
        return Stream.of(label, order, task).filter(column -> !column.isEmpty()).toList();
    }
}
