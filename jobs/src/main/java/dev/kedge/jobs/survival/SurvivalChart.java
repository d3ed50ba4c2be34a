// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.survival;

import dev.kedge.jobs.files.UserFiles;
import dev.kedge.operators.hpcr.metrics.ConfidenceInterval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A chart of each part: means of the concordances of each ranking with their 95 % intervals. */
final class SurvivalChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final String BRIER = "brier";

    private SurvivalChart() {}

    /** Writes {@code chart-1.png} and so on. */
    static void write(SurvivalTable table, List<String> figures, Path folder) throws IOException {
        UserFiles.createDirectories(folder);
        List<String> parts = table.parts();
        for (int i = 0; i < parts.size(); i++) {
            String name = "chart-" + (i + 1);
            BitmapEncoder.saveBitmap(
                    chart(table, figures, parts.get(i)),
                    folder.resolve(name).toString(),
                    BitmapFormat.PNG);
            UserFiles.share(folder.resolve(name + ".png"));
        }
    }

    private static CategoryChart chart(SurvivalTable table, List<String> figures, String part) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(part)
                        .yAxisTitle("concordance")
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setYAxisMin(0.4);
        int[] shown =
                IntStream.range(0, figures.size())
                        .filter(i -> !figures.get(i).equals(BRIER))
                        .toArray();
        List<String> names = IntStream.of(shown).mapToObj(figures::get).toList();
        for (String ranking : table.rankings(part)) {
            List<Double> means = new ArrayList<>();
            List<Double> errors = new ArrayList<>();
            for (int i : shown) {
                ConfidenceInterval interval = table.interval(part, ranking, i);
                means.add(defined(interval.mean()));
                errors.add(defined(interval.halfWidth()));
            }
            chart.addSeries(ranking, names, means, errors);
        }
        return chart;
    }

    private static double defined(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
