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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The figures of an experiment as text.
 *
 * @param name of the experiment
 */
record TrackTable(String name) implements Sweep.Sheet<TrackResult> {
    @Override
    public String line(TrackResult result) {
        return format(
                "%s, seed %d: IDF1 %.1f, %d switches",
                result.variant(),
                result.seed(),
                100 * result.identity().f1(),
                result.clear().switches());
    }

    @Override
    public Columns<TrackResult> columns() {
        List<Figure<TrackResult>> figures = new ArrayList<>(TrackResult.FIGURES);
        figures.add(0, new Figure<>("threshold", TrackResult::threshold, false));
        return new Columns<>(List.of("variant"), figures, String::valueOf);
    }

    /** Means with half their 95 % intervals. */
    @Override
    public String markdown(List<TrackResult> results) {
        MarkdownTable table =
                new MarkdownTable(row(Stream.of("variant", "runs"), Figure::name, "frames/s"));
        for (SeedGroup<TrackResult> group : SeedGroup.of(results)) {
            table.row(
                    row(
                            Stream.of(
                                    group.first().labels().get(0),
                                    String.valueOf(group.runs().size())),
                            figure -> cell(group.interval(figure.value())),
                            speed(group)));
        }
        return table.text();
    }

    private static List<String> row(
            Stream<String> first, Function<Figure<TrackResult>, String> figure, String last) {
        Stream<String> figures = TrackResult.FIGURES.stream().map(figure);
        return Stream.of(first, figures, Stream.of(last)).flatMap(cells -> cells).toList();
    }

    private static String cell(ConfidenceInterval interval) {
        return format("%.1f ± %.1f", interval.mean(), interval.halfWidth());
    }

    private static String speed(SeedGroup<TrackResult> group) {
        double speed =
                group.runs().stream().mapToDouble(TrackResult::framesPerSecond).average().orElse(0);
        return group.first().variant().learns() ? format("%.0f", speed) : "";
    }
}
