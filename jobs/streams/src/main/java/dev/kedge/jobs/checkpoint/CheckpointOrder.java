// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of a job's checkpoints and savepoints is newer, wherever they lie. A run's place is that of
 * its newest, and within a run the number counts: a copied folder has the times of the copy.
 *
 * @param run of a checkpoint: the folder of all that one run has written
 * @param number of a checkpoint in its run; 0 for a savepoint
 * @param completed when it was complete, in milliseconds since 1970
 * @param <T> the checkpoint
 * @param <R> the run
 */
public record CheckpointOrder<T, R extends Comparable<? super R>>(
        Function<T, R> run, ToLongFunction<T> number, ToLongFunction<T> completed) {
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

    /** Number of a checkpoint by the name of its folder; empty for a savepoint. */
    public static OptionalLong number(String folder) {
        Matcher name = CHECKPOINT.matcher(folder);
        return name.matches()
                ? OptionalLong.of(Long.parseLong(name.group(1)))
                : OptionalLong.empty();
    }

    /** The order of these, the oldest first. */
    public Comparator<T> of(Collection<T> all) {
        Map<R, Long> places = new HashMap<>();
        all.forEach(one -> places.merge(run.apply(one), completed.applyAsLong(one), Math::max));
        return Comparator.<T>comparingLong(one -> places.get(run.apply(one)))
                .thenComparing(run)
                .thenComparingLong(number);
    }
}
