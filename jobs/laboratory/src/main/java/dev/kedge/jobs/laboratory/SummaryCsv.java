// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code summary.csv}: a row for each setting and metric, with mean, standard deviation and the 95
 * % interval of the mean over the seeds. What is not defined, as the deviation of a single seed, is
 * left empty.
 */
public final class SummaryCsv {
    private static final List<String> FIGURES =
            List.of(
                    "metric",
                    "seeds",
                    "mean",
                    "standard_deviation",
                    "interval_low",
                    "interval_high");

    private SummaryCsv() {}

    /** The table of some groups, in their order. */
    public static <R extends Outcome> String of(Columns<R> columns, List<SeedGroup<R>> groups) {
        StringBuilder text = new StringBuilder();
        List<String> head = new ArrayList<>(columns.labels());
        head.addAll(FIGURES);
        append(text, head);
        for (SeedGroup<R> group : groups) {
            for (Figure<R> figure : columns.figures()) {
                if (figure.averaged()) {
                    append(text, row(columns, group, figure));
                }
            }
        }
        return text.toString();
    }

    private static <R extends Outcome> List<String> row(
            Columns<R> columns, SeedGroup<R> group, Figure<R> figure) {
        List<String> row = new ArrayList<>(group.first().labels());
        row.add(figure.name());
        row.add(String.valueOf(group.runs().size()));
        ConfidenceInterval interval = group.interval(figure.value());
        double mean = interval.mean();
        double half = interval.halfWidth();
        for (double value :
                List.of(mean, group.deviation(figure.value()), mean - half, mean + half)) {
            row.add(Double.isFinite(value) ? columns.number().apply(value) : "");
        }
        return row;
    }

    private static void append(StringBuilder text, List<String> cells) {
        text.append(String.join(",", cells.stream().map(Columns::quoted).toList())).append('\n');
    }
}
