// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.ads;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.laboratory.BarChart;
import dev.kedge.jobs.laboratory.Columns;
import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.MarkdownTable;
import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.operators.metrics.ConfidenceInterval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The figures of an experiment as text and charts.
 *
 * @param name of the experiment
 * @param figures of each result
 */
record SurvivalTable(String name, List<Figure<Result>> figures) implements Sweep.Sheet<Result> {
    private static final double LEAST_SHOWN = 0.4;
    private static final Set<String> CONCORDANCES =
            Set.of("short", "long", "all", "harrell", "ipcw");

    @Override
    public String line(Result result) {
        StringBuilder line = new StringBuilder();
        line.append("seed ").append(result.seed()).append(", ").append(result.part());
        line.append(", ").append(result.ranking()).append(':');
        for (Figure<Result> figure : figures) {
            double value = figure.value().applyAsDouble(result);
            line.append(format(" %s %.3f", figure.name(), value));
        }
        return line.toString();
    }

    @Override
    public Columns<Result> columns() {
        return new Columns<>(List.of("part", "ranking"), figures, String::valueOf);
    }

    @Override
    public List<SeedGroup<Result>> groups(List<Result> results) {
        return parts(results).stream().flatMap(Collection::stream).toList();
    }

    /**
     * Two tables a part: means with half their 95 % intervals, and the differences of the others
     * from the first ranking, seed by seed.
     */
    @Override
    public String markdown(List<Result> results) {
        StringBuilder text = new StringBuilder();
        for (List<SeedGroup<Result>> part : parts(results)) {
            SeedGroup<Result> first = part.get(0);
            MarkdownTable means = new MarkdownTable(row(first.first().part(), Figure::name));
            for (SeedGroup<Result> ranking : part) {
                means.row(row(name(ranking), f -> cell("%.3f", ranking.interval(f.value()))));
            }
            String less = "less " + name(first) + ", seed by seed";
            MarkdownTable differences = new MarkdownTable(row(less, Figure::name));
            for (SeedGroup<Result> other : part.subList(1, part.size())) {
                differences.row(
                        row(name(other), f -> cell("%+.3f", other.difference(first, f.value()))));
            }
            text.append('\n').append(means.text());
            text.append('\n').append(differences.text()).append('\n');
        }
        return text.toString();
    }

    private static String name(SeedGroup<Result> ranking) {
        return ranking.first().ranking();
    }

    private List<String> row(String first, Function<Figure<Result>, String> cell) {
        return Stream.concat(Stream.of(first), figures.stream().map(cell)).toList();
    }

    private static String cell(String format, ConfidenceInterval value) {
        if (Double.isNaN(value.mean())) {
            return " ";
        }
        String mean = String.format(Locale.ROOT, format, value.mean());
        return value.halfWidth() > 1e-9 ? mean + format(" ± %.3f", value.halfWidth()) : mean;
    }

    /** {@code chart-1.png} and so on, one a part: the concordances of each ranking. */
    @Override
    public void draw(List<Result> results, Path folder) {
        List<Figure<Result>> shown =
                figures.stream().filter(figure -> CONCORDANCES.contains(figure.name())).toList();
        List<String> names = shown.stream().map(Figure::name).toList();
        int number = 1;
        for (List<SeedGroup<Result>> part : parts(results)) {
            BarChart chart =
                    new BarChart(part.get(0).first().part(), "concordance", LEAST_SHOWN, names);
            for (SeedGroup<Result> ranking : part) {
                chart.add(
                        name(ranking),
                        shown.stream().map(figure -> ranking.interval(figure.value())).toList());
            }
            chart.write(folder, "chart-" + number++);
        }
    }

    /** The rankings of each part, both in the order in which they came. */
    private static Collection<List<SeedGroup<Result>>> parts(List<Result> results) {
        Map<String, List<SeedGroup<Result>>> parts = new LinkedHashMap<>();
        for (SeedGroup<Result> group : SeedGroup.of(results)) {
            parts.computeIfAbsent(group.first().part(), part -> new ArrayList<>()).add(group);
        }
        return parts.values();
    }
}
