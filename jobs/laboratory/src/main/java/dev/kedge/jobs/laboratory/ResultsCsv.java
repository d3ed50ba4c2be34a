// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.List;
import java.util.StringJoiner;

/**
 * A table of runs as CSV: a row a run, and one of mean and half the 95 % interval a group. Each
 * figure that is averaged has two columns; a run leaves the second empty.
 *
 * @param <R> what came out of a run
 */
public final class ResultsCsv<R extends Outcome> {
    private final Columns<R> columns;
    private final StringBuilder text = new StringBuilder();

    /** A table without rows. */
    public ResultsCsv(Columns<R> columns) {
        this.columns = columns;
        StringJoiner header = begin("row", columns.labels()).add("seed").add("runs");
        for (Figure<R> figure : columns.figures()) {
            add(header, figure, figure.name(), figure.name() + "_interval");
        }
        text.append(header);
    }

    /** A row of a run. */
    public void run(R run) {
        StringJoiner row = begin("run", run.labels()).add(String.valueOf(run.seed())).add("1");
        for (Figure<R> figure : columns.figures()) {
            add(row, figure, number(figure.value().applyAsDouble(run)), "");
        }
        text.append(row);
    }

    /** The row of a group. */
    public void mean(SeedGroup<R> group) {
        StringJoiner row = begin("mean", group.first().labels()).add("");
        row.add(String.valueOf(group.runs().size()));
        for (Figure<R> figure : columns.figures()) {
            ConfidenceInterval interval = group.interval(figure.value());
            String mean = figure.averaged() ? number(interval.mean()) : "";
            add(row, figure, mean, number(interval.halfWidth()));
        }
        text.append(row);
    }

    private static StringJoiner begin(String kind, List<String> labels) {
        StringJoiner row = new StringJoiner(",", "", "\n").add(kind);
        labels.forEach(label -> row.add(Columns.quoted(label)));
        return row;
    }

    private static void add(StringJoiner row, Figure<?> figure, String value, String interval) {
        row.add(value);
        if (figure.averaged()) {
            row.add(interval);
        }
    }

    private String number(double value) {
        return columns.number().apply(value);
    }

    /** The table so far. */
    public String text() {
        return text.toString();
    }
}
