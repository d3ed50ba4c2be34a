// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.Columns;
import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.ResultsCsv;
import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.jobs.laboratory.SummaryCsv;
import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The figures of an experiment as text. What depends on the machine stands apart from what does
 * not, so that a repeated experiment gives the same bytes of the latter.
 */
final class Tables {
    private static final List<String> LABELS =
            List.of("method", "encoder", "memory", "retrieval", "size");
    private final List<SeedGroup<RunResult>> groups;

    Tables(List<SeedGroup<RunResult>> groups) {
        this.groups = List.copyOf(groups);
    }

    /** {@code results.csv}: a row a run, and after those of a group their mean and interval. */
    String results() {
        return table(columns(false));
    }

    /** {@code summary.csv}: what the runs have in common, without what depends on the machine. */
    String summary() {
        return SummaryCsv.of(columns(false), groups);
    }

    /** {@code speed.csv}: as the results, of what depends on the machine. */
    String speed() {
        return table(columns(true));
    }

    /** What depends on the machine, or all the others. */
    private static Columns<RunResult> columns(boolean ofMachine) {
        List<Figure<RunResult>> figures =
                Arrays.stream(Measure.values())
                        .filter(measure -> measure.isOfMachine() == ofMachine)
                        .map(Measure::figure)
                        .toList();
        return new Columns<>(LABELS, figures, Tables::number);
    }

    private String table(Columns<RunResult> columns) {
        ResultsCsv<RunResult> csv = new ResultsCsv<>(columns);
        for (SeedGroup<RunResult> group : groups) {
            group.runs().forEach(csv::run);
            csv.mean(group);
        }
        return csv.text();
    }

    /** {@code matrices.csv}: the accuracy on each task after learning each task, of each run. */
    String matrices() {
        StringBuilder csv = new StringBuilder(String.join(",", LABELS));
        csv.append(",seed,learned_task,task,accuracy\n");
        for (SeedGroup<RunResult> group : groups) {
            for (RunResult run : group.runs()) {
                appendMatrix(run, csv);
            }
        }
        return csv.toString();
    }

    private static void appendMatrix(RunResult run, StringBuilder csv) {
        List<List<Double>> rows = run.progress().accuracies();
        String key = String.join(",", run.labels()) + ',' + run.seed();
        for (int t = 0; t < rows.size(); t++) {
            for (int k = 0; k < rows.get(t).size(); k++) {
                csv.append(key).append(',').append(t + 1).append(',').append(k + 1);
                csv.append(',').append(number(rows.get(t).get(k))).append('\n');
            }
        }
    }

    /** What a person reads on the terminal: a line a group, accuracies in per cent. */
    String forPeople() {
        List<String> labels = groups.stream().map(group -> group.first().key().label()).toList();
        String line = line(labels, " %5s %15s %15s %15s %9s %12s%n");
        StringBuilder text = new StringBuilder();
        Object[] head = {
            "runs", "seeds", "end %", "anytime %", "forgetting %", "learned %", "samples/s"
        };
        text.append(String.format(Locale.ROOT, line, head));
        for (int i = 0; i < labels.size(); i++) {
            SeedGroup<RunResult> group = groups.get(i);
            Object[] cells = {
                labels.get(i),
                group.runs().size(),
                perCent(group.interval(Measure.END_ACCURACY::of)),
                perCent(group.interval(Measure.ANYTIME_ACCURACY::of)),
                perCent(group.interval(Measure.FORGETTING::of)),
                number("%.1f", 100 * group.interval(Measure.LEARNED_SHARE::of).mean()),
                number("%,.0f", group.interval(Measure.SAMPLES_PER_SECOND::of).mean())
            };
            text.append(String.format(Locale.ROOT, line, cells));
        }
        return text.toString();
    }

    /** The form of a line that begins with one of some labels. */
    static String line(List<String> labels, String rest) {
        int width = labels.stream().mapToInt(String::length).max().orElse(0);
        return "%-" + Math.max(4, width) + "s" + rest;
    }

    static String perCent(ConfidenceInterval interval) {
        return Arrays.stream(new double[] {interval.mean(), interval.halfWidth()})
                .filter(Double::isFinite)
                .mapToObj(value -> String.format(Locale.ROOT, "%.2f", 100 * value))
                .collect(Collectors.joining(" +- "));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return number(value == Math.rint(value) ? "%.0f" : "%.6f", value);
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
