// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * Runs that differ in their seed only.
 *
 * @param runs one for each seed, at least one
 * @param <R> what came out of a run
 */
public record SeedGroup<R extends Outcome>(List<R> runs) {
    private static final double CONFIDENCE = 0.95;

    /** Freezes the list. */
    public SeedGroup {
        runs = List.copyOf(runs);
    }

    /** Groups in the order of their first runs. */
    public static <R extends Outcome> List<SeedGroup<R>> of(List<R> runs) {
        Map<List<String>, List<R>> groups = new LinkedHashMap<>();
        for (R run : runs) {
            groups.computeIfAbsent(run.labels(), labels -> new ArrayList<>()).add(run);
        }
        return groups.values().stream().map(group -> new SeedGroup<>(group)).toList();
    }

    /** The first of its runs. */
    public R first() {
        return runs.get(0);
    }

    /** Mean and 95 % interval over the seeds. */
    public ConfidenceInterval interval(ToDoubleFunction<? super R> figure) {
        return ConfidenceInterval.of(runs.stream().mapToDouble(figure).toArray(), CONFIDENCE);
    }

    /** Standard deviation over the seeds, of a sample; not a number for a single run. */
    public double deviation(ToDoubleFunction<? super R> figure) {
        double[] values = runs.stream().mapToDouble(figure).toArray();
        return values.length == 1 ? Double.NaN : new StandardDeviation().evaluate(values);
    }

    /**
     * Mean and 95 % interval of the difference from another group, seed by seed.
     *
     * @param from has a run of every seed that this group has
     */
    public ConfidenceInterval difference(SeedGroup<R> from, ToDoubleFunction<? super R> figure) {
        return interval(less(from, figure));
    }

    /** Mean of the difference from another group, seed by seed, as {@link #difference} has it. */
    public double meanDifference(SeedGroup<R> from, ToDoubleFunction<? super R> figure) {
        return runs.stream().mapToDouble(less(from, figure)).average().orElseThrow();
    }

    private static <R extends Outcome> ToDoubleFunction<R> less(
            SeedGroup<R> from, ToDoubleFunction<? super R> figure) {
        return run -> figure.applyAsDouble(run) - figure.applyAsDouble(from.at(run));
    }

    private R at(R other) {
        return runs.stream().filter(run -> run.seed() == other.seed()).findFirst().orElseThrow();
    }
}
