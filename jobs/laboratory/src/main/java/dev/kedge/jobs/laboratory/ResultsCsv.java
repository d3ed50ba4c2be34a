// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;

/**
 * A table of runs as CSV: a row a run, and one of mean and half the 95 % interval a group. Each
 * figure that is averaged has two columns; a run leaves the second empty.
 *
 * @param <R> what came out of a run
 */
public final class ResultsCsv<R extends Outcome> {
    private final List<Figure<R>> figures;
    private final DoubleFunction<String> number;
    private final StringBuilder text = new StringBuilder();

    /**
     * A table without rows.
     *
     * @param labels names of the columns that tell runs apart
     * @param figures the columns of figures
     * @param number how a figure is written
     */
    public ResultsCsv(List<String> labels, List<Figure<R>> figures, DoubleFunction<String> number) {
        this.figures = figures;
        this.number = number;
        StringJoiner header = begin("row", labels).add("seed").add("runs");
        for (Figure<R> figure : figures) {
            add(header, figure, figure.name(), figure.name() + "_interval");
        }
        text.append(header);
    }

    /** A row of a run. */
    public void run(R run) {
        StringJoiner row = begin("run", run.labels()).add(String.valueOf(run.seed())).add("1");
        for (Figure<R> figure : figures) {
            add(row, figure, number.apply(figure.value().applyAsDouble(run)), "");
        }
        text.append(row);
    }

    /** The row of a group. */
    public void mean(SeedGroup<R> group) {
        StringJoiner row = begin("mean", group.first().labels()).add("");
        row.add(String.valueOf(group.runs().size()));
        for (Figure<R> figure : figures) {
            ConfidenceInterval interval = group.interval(figure.value());
            String mean = figure.averaged() ? number.apply(interval.mean()) : "";
            add(row, figure, mean, number.apply(interval.halfWidth()));
        }
        text.append(row);
    }

    private static StringJoiner begin(String kind, List<String> labels) {
        StringJoiner row = new StringJoiner(",", "", "\n").add(kind);
        labels.forEach(label -> row.add(quoted(label)));
        return row;
    }

    private static void add(StringJoiner row, Figure<?> figure, String value, String interval) {
        row.add(value);
        if (figure.averaged()) {
            row.add(interval);
        }
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** The table so far. */
    public String text() {
        return text.toString();
    }
}
