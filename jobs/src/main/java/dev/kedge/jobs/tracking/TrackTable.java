// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracking;

import dev.kedge.jobs.tracking.TrackResult.Figure;
import dev.kedge.operators.hpcr.metrics.ConfidenceInterval;
import java.util.List;
import java.util.Locale;

/** The figures of an experiment as text. */
final class TrackTable {
    private static final double CONFIDENCE = 0.95;

    private final List<TrackResult> results;

    TrackTable(List<TrackResult> results) {
        this.results = List.copyOf(results);
    }

    /** {@code results.csv}: a row a run, and one for each variant's mean and interval. */
    String csv() {
        StringBuilder csv = new StringBuilder("row,variant,seed,runs,threshold");
        for (Figure figure : Figure.values()) {
            String name = word(figure);
            csv.append(',').append(name).append(',').append(name).append("_interval");
        }
        csv.append('\n');
        for (TrackResult result : results) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "run,%s,%d,1,%s",
                            word(result.variant()),
                            result.seed(),
                            result.threshold()));
            for (Figure figure : Figure.values()) {
                csv.append(String.format(Locale.ROOT, ",%s,", figure.of(result)));
            }
            csv.append('\n');
        }
        for (Variant variant : variants()) {
            List<TrackResult> runs = of(variant);
            csv.append(String.format(Locale.ROOT, "mean,%s,,%d,", word(variant), runs.size()));
            for (Figure figure : Figure.values()) {
                ConfidenceInterval interval = interval(runs, figure);
                csv.append(
                        String.format(
                                Locale.ROOT, ",%s,%s", interval.mean(), interval.halfWidth()));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    /** A table in Markdown: means with half their 95 % intervals. */
    String markdown() {
        StringBuilder table = new StringBuilder("| variant | runs ");
        for (Figure figure : Figure.values()) {
            table.append("| ").append(word(figure)).append(' ');
        }
        table.append("| frames/s |\n|---|---");
        table.append("|---".repeat(Figure.values().length)).append("|---|\n");
        for (Variant variant : variants()) {
            List<TrackResult> runs = of(variant);
            table.append(String.format(Locale.ROOT, "| %s | %d ", word(variant), runs.size()));
            for (Figure figure : Figure.values()) {
                ConfidenceInterval interval = interval(runs, figure);
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %.1f ± %.1f ",
                                interval.mean(),
                                interval.halfWidth()));
            }
            double speed =
                    runs.stream().mapToDouble(TrackResult::framesPerSecond).average().orElse(0);
            table.append(
                    variant.learns() ? String.format(Locale.ROOT, "| %.0f |\n", speed) : "| |\n");
        }
        return table.toString();
    }

    private List<Variant> variants() {
        return results.stream().map(TrackResult::variant).distinct().toList();
    }

    private List<TrackResult> of(Variant variant) {
        return results.stream().filter(result -> result.variant() == variant).toList();
    }

    private static ConfidenceInterval interval(List<TrackResult> runs, Figure figure) {
        return ConfidenceInterval.of(runs.stream().mapToDouble(figure::of).toArray(), CONFIDENCE);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
