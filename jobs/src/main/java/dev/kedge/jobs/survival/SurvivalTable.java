// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.survival;

import dev.kedge.operators.hpcr.metrics.ConfidenceInterval;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The figures of an experiment as text. */
final class SurvivalTable {
    private static final double CONFIDENCE = 0.95;

    private final List<String> figures;
    private final List<Result> results;

    SurvivalTable(List<String> figures, List<Result> results) {
        this.figures = figures;
        this.results = List.copyOf(results);
    }

    /** {@code results.csv}: a row a run, and one for each ranking's mean and interval. */
    String csv() {
        StringBuilder csv = new StringBuilder("row,part,ranking,seed,runs");
        for (String figure : figures) {
            csv.append(',').append(figure).append(',').append(figure).append("_interval");
        }
        csv.append('\n');
        for (Result result : results) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "run,%s,%s,%d,1",
                            quoted(result.part()),
                            quoted(result.ranking()),
                            result.seed()));
            result.values().forEach(value -> csv.append(String.format(Locale.ROOT, ",%s,", value)));
            csv.append('\n');
        }
        for (String part : parts()) {
            for (String ranking : rankings(part)) {
                List<Result> runs = of(part, ranking);
                csv.append(
                        String.format(
                                Locale.ROOT,
                                "mean,%s,%s,,%d",
                                quoted(part),
                                quoted(ranking),
                                runs.size()));
                for (int i = 0; i < figures.size(); i++) {
                    ConfidenceInterval interval = interval(part, ranking, i);
                    csv.append(
                            String.format(
                                    Locale.ROOT, ",%s,%s", interval.mean(), interval.halfWidth()));
                }
                csv.append('\n');
            }
        }
        return csv.toString();
    }

    private static String quoted(String text) {
        return text.matches("[^\",\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * Tables in Markdown, two a part: means with half their 95 % intervals, and the differences of
     * the others from the first ranking, seed by seed.
     */
    String markdown() {
        StringBuilder text = new StringBuilder();
        for (String part : parts()) {
            List<String> rankings = rankings(part);
            head(text, part);
            for (String ranking : rankings) {
                row(text, ranking, i -> interval(part, ranking, i), "%.3f");
            }
            head(text, "less " + rankings.get(0) + ", seed by seed");
            for (String ranking : rankings.subList(1, rankings.size())) {
                row(text, ranking, i -> difference(part, ranking, rankings.get(0), i), "%+.3f");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void head(StringBuilder text, String part) {
        text.append("\n| ").append(part).append(" |");
        figures.forEach(figure -> text.append(' ').append(figure).append(" |"));
        text.append("\n|---|").append("---|".repeat(figures.size())).append('\n');
    }

    private interface Cell {
        ConfidenceInterval of(int figure);
    }

    private void row(StringBuilder text, String ranking, Cell cell, String format) {
        text.append("| ").append(ranking).append(" |");
        for (int i = 0; i < figures.size(); i++) {
            ConfidenceInterval value = cell.of(i);
            text.append(' ');
            if (!Double.isNaN(value.mean())) {
                text.append(String.format(Locale.ROOT, format, value.mean()));
                if (value.halfWidth() > 1e-9) {
                    text.append(String.format(Locale.ROOT, " ± %.3f", value.halfWidth()));
                }
            }
            text.append(" |");
        }
        text.append('\n');
    }

    /** Parts in the order in which they came. */
    List<String> parts() {
        return results.stream().map(Result::part).distinct().toList();
    }

    /** Rankings of a part in the order in which they came. */
    List<String> rankings(String part) {
        return results.stream()
                .filter(result -> result.part().equals(part))
                .map(Result::ranking)
                .distinct()
                .toList();
    }

    private List<Result> of(String part, String ranking) {
        return results.stream()
                .filter(result -> result.part().equals(part) && result.ranking().equals(ranking))
                .toList();
    }

    /** Mean and interval of one figure. */
    ConfidenceInterval interval(String part, String ranking, int figure) {
        return interval(of(part, ranking), result -> result.values().get(figure));
    }

    private ConfidenceInterval difference(String part, String ranking, String from, int figure) {
        List<Result> others = of(part, from);
        return interval(
                of(part, ranking),
                result ->
                        result.values().get(figure)
                                - others.stream()
                                        .filter(other -> other.seed() == result.seed())
                                        .findFirst()
                                        .orElseThrow()
                                        .values()
                                        .get(figure));
    }

    private static ConfidenceInterval interval(List<Result> runs, ToDoubleFunction<Result> value) {
        return ConfidenceInterval.of(runs.stream().mapToDouble(value).toArray(), CONFIDENCE);
    }
}
