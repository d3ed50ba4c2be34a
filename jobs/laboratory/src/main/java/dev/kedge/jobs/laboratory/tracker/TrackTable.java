// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.laboratory.Columns;
import dev.kedge.jobs.laboratory.Figure;
import dev.kedge.jobs.laboratory.MarkdownTable;
import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.jobs.laboratory.Sweep;
import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The figures of an experiment as text.
 *
 * @param name of the experiment
 * @param labels names of what tells runs apart
 */
record TrackTable(String name, List<String> labels) implements Sweep.Sheet<TrackResult> {
    @Override
    public String line(TrackResult result) {
        return format(
                "%s, seed %d: IDF1 %.1f, %d switches",
                String.join(", ", result.labels()),
                result.seed(),
                100 * result.identity().f1(),
                result.clear().switches());
    }

    @Override
    public Columns<TrackResult> columns() {
        List<Figure<TrackResult>> figures = new ArrayList<>(TrackResult.FIGURES);
        figures.add(0, new Figure<>("threshold", TrackResult::threshold, false));
        return new Columns<>(labels, figures, String::valueOf);
    }

    /**
     * Means with half their 95 % intervals, and how sure the differences are of runs that are
     * compared with others.
     */
    @Override
    public String markdown(List<TrackResult> results) {
        String differences = differences(SeedGroup.of(results));
        return differences.isEmpty() ? means(results) : means(results) + '\n' + differences;
    }

    private String means(List<TrackResult> results) {
        MarkdownTable table =
                new MarkdownTable(
                        row(
                                Stream.concat(labels.stream(), Stream.of("runs")),
                                Figure::name,
                                "frames/s"));
        for (SeedGroup<TrackResult> group : SeedGroup.of(results)) {
            table.row(
                    row(
                            Stream.concat(
                                    group.first().labels().stream(),
                                    Stream.of(String.valueOf(group.runs().size()))),
                            figure -> cell(group.interval(figure.value())),
                            speed(group)));
        }
        return table.text();
    }

    private String differences(List<SeedGroup<TrackResult>> groups) {
        List<List<String>> rows = new ArrayList<>();
        for (SeedGroup<TrackResult> group : groups) {
            beside(group, groups).ifPresent(other -> rows.add(difference(group, other)));
        }
        if (rows.isEmpty()) {
            return "";
        }
        Stream<String> last = Stream.of("beside", "IDF1 more", "95 % over true tracks");
        MarkdownTable table = new MarkdownTable(Stream.concat(labels.stream(), last).toList());
        rows.forEach(table::row);
        return table.text();
    }

    /** What a group is compared with, once all its seeds are there. */
    private static Optional<SeedGroup<TrackResult>> beside(
            SeedGroup<TrackResult> group, List<SeedGroup<TrackResult>> groups) {
        return groups.stream()
                .filter(other -> other.first().labels().equals(group.first().beside()))
                .filter(other -> seeds(other).containsAll(seeds(group)))
                .findFirst();
    }

    private static List<Long> seeds(SeedGroup<TrackResult> group) {
        return group.runs().stream().map(TrackResult::seed).toList();
    }

    private static List<String> difference(
            SeedGroup<TrackResult> group, SeedGroup<TrackResult> beside) {
        TrackBootstrap sure = TrackBootstrap.of(group, beside);
        List<String> row = new ArrayList<>(group.first().labels());
        row.add(beside.first().labels().get(row.size() - 1));
        row.add(format("%+.1f", 100 * sure.difference()));
        row.add(format("%+.1f to %+.1f", 100 * sure.low(), 100 * sure.high()));
        return List.copyOf(row);
    }

    private static List<String> row(
            Stream<String> first, Function<Figure<TrackResult>, String> figure, String last) {
        Stream<String> figures = TrackResult.FIGURES.stream().map(figure);
        return Stream.of(first, figures, Stream.of(last)).flatMap(cells -> cells).toList();
    }

    private static String cell(ConfidenceInterval interval) {
        return Double.isNaN(interval.halfWidth())
                ? format("%.1f", interval.mean())
                : format("%.1f ± %.1f", interval.mean(), interval.halfWidth());
    }

    private static String speed(SeedGroup<TrackResult> group) {
        double speed =
                group.runs().stream().mapToDouble(TrackResult::framesPerSecond).average().orElse(0);
        return group.first().learns() ? format("%.0f", speed) : "";
    }
}
