// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The columns of an experiment's tables.
 *
 * @param labels names of those that tell runs apart, their seeds left out
 * @param figures those of figures
 * @param number how a figure is written
 * @param <R> what came out of a run
 */
public record Columns<R extends Outcome>(
        List<String> labels, List<Figure<R>> figures, DoubleFunction<String> number) {
    /** Freezes the lists. */
    public Columns {
        labels = List.copyOf(labels);
        figures = List.copyOf(figures);
    }

    /** A cell, in quotes if it needs them. */
    public static String quoted(String cell) {
        return cell.matches("[^\",\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
