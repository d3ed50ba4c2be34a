// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.operators.hpcr.metrics.ConfidenceInterval;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The figures of an experiment as text. What depends on the machine stands apart from what does
 * not, so that a repeated experiment gives the same bytes of the latter.
 */
final class Tables {
    private static final String KEY = "row,method,encoder,memory,retrieval,size,seed,runs";
    private static final List<Measure> MEASURES =
            List.of(
                    Measure.END_ACCURACY,
                    Measure.ANYTIME_ACCURACY,
                    Measure.FORGETTING,
                    Measure.LEARNING_ACCURACY,
                    Measure.PEAK_BYTES,
                    Measure.EMBEDDING_RANK,
                    Measure.LEARNED_SHARE,
                    Measure.ARRIVAL_ACCURACY);

    private final List<Group> groups;

    Tables(List<Group> groups) {
        this.groups = List.copyOf(groups);
    }

    /** {@code results.csv}: a row a run, and after those of a group their mean and interval. */
    String results() {
        return table(MEASURES);
    }

    /** {@code speed.csv}: likewise, of what depends on the machine. */
    String speed() {
        return table(List.of(Measure.SAMPLES_PER_SECOND));
    }

    private String table(List<Measure> measures) {
        StringBuilder csv = new StringBuilder(KEY);
        for (Measure measure : measures) {
            csv.append(',').append(name(measure)).append(',').append(name(measure));
            csv.append("_interval");
        }
        csv.append('\n');
        for (Group group : groups) {
            group.runs().forEach(run -> csv.append(row(run, measures)));
            csv.append(mean(group, measures));
        }
        return csv.toString();
    }

    private static String row(RunResult run, List<Measure> measures) {
        StringJoiner row = new StringJoiner(",", "", "\n");
        row.add("run").add(key(run.key())).add(String.valueOf(run.key().seed())).add("1");
        measures.forEach(measure -> row.add(number(measure.of(run))).add(""));
        return row.toString();
    }

    private static String mean(Group group, List<Measure> measures) {
        StringJoiner row = new StringJoiner(",", "", "\n");
        row.add("mean").add(key(group.key())).add("").add(String.valueOf(group.runs().size()));
        for (Measure measure : measures) {
            ConfidenceInterval interval = group.interval(measure);
            row.add(number(interval.mean())).add(number(interval.halfWidth()));
        }
        return row.toString();
    }

    private static String key(RunKey key) {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s",
                key.method(),
                RunKey.word(key.encoder()),
                RunKey.word(key.memory()),
                RunKey.word(key.retrieval()),
                key.sizeWord());
    }

    /** {@code matrices.csv}: the accuracy on each task after learning each task, of each run. */
    String matrices() {
        StringBuilder csv =
                new StringBuilder(
                        "method,encoder,memory,retrieval,size,seed,learned_task,task,accuracy\n");
        for (Group group : groups) {
            for (RunResult run : group.runs()) {
                appendMatrix(run, csv);
            }
        }
        return csv.toString();
    }

    private static void appendMatrix(RunResult run, StringBuilder csv) {
        List<List<Double>> rows = run.progress().accuracies();
        for (int t = 0; t < rows.size(); t++) {
            for (int k = 0; k < rows.get(t).size(); k++) {
                csv.append(key(run.key())).append(',').append(run.key().seed()).append(',');
                csv.append(t + 1).append(',').append(k + 1).append(',');
                csv.append(number(rows.get(t).get(k))).append('\n');
            }
        }
    }

    /** What a person reads on the terminal: a line a group, accuracies in per cent. */
    String forPeople() {
        int width = groups.stream().mapToInt(group -> group.label().length()).max().orElse(0);
        String line = "%-" + Math.max(width, 4) + "s %5s %15s %15s %15s %9s %12s%n";
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                line,
                                "runs",
                                "seeds",
                                "end %",
                                "anytime %",
                                "forgetting %",
                                "learned %",
                                "samples/s"));
        for (Group group : groups) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            line,
                            group.label(),
                            group.runs().size(),
                            perCent(group.interval(Measure.END_ACCURACY)),
                            perCent(group.interval(Measure.ANYTIME_ACCURACY)),
                            perCent(group.interval(Measure.FORGETTING)),
                            String.format(
                                    Locale.ROOT,
                                    "%.1f",
                                    100 * group.interval(Measure.LEARNED_SHARE).mean()),
                            String.format(
                                    Locale.ROOT,
                                    "%,.0f",
                                    group.interval(Measure.SAMPLES_PER_SECOND).mean())));
        }
        return text.toString();
    }

    static String perCent(ConfidenceInterval interval) {
        return Arrays.stream(new double[] {interval.mean(), interval.halfWidth()})
                .filter(Double::isFinite)
                .mapToObj(value -> String.format(Locale.ROOT, "%.2f", 100 * value))
                .collect(Collectors.joining(" +- "));
    }

    private static String name(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.6f", value);
    }
}
