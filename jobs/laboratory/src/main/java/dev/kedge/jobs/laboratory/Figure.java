// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import java.util.function.ToDoubleFunction;

/**
 * A column of figures.
 *
 * @param name of the column
 * @param value the figure of a run; not a number where it is not defined
 * @param averaged whether runs with other seeds share a mean and an interval of it
 * @param <R> what came out of a run
 */
public record Figure<R>(String name, ToDoubleFunction<R> value, boolean averaged) {
    /** A figure that is averaged over the seeds. */
    public static <R> Figure<R> of(String name, ToDoubleFunction<R> value) {
        return new Figure<>(name, value, true);
    }
}
