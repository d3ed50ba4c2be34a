// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import dev.kedge.jobs.files.UserFiles;
import dev.kedge.operators.metrics.ConfidenceInterval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Means with their 95 % intervals as bars, in a file. */
public final class BarChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;

    private final CategoryChart chart;
    private final List<String> names;

    /**
     * A chart without bars.
     *
     * @param axis name of the upright axis
     * @param least where that axis begins
     * @param names of the bars of each series
     */
    public BarChart(String title, String axis, double least, List<String> names) {
        this.names = names;
        this.chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .yAxisTitle(axis)
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setYAxisMin(least);
    }

    /** Adds a series, a bar a name; what is not defined has none. */
    public void add(String series, List<ConfidenceInterval> bars) {
        List<Double> means = bars.stream().map(bar -> defined(bar.mean())).toList();
        chart.addSeries(
                series, names, means, bars.stream().map(bar -> defined(bar.halfWidth())).toList());
    }

    private static double defined(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    /**
     * Writes the chart.
     *
     * @param name of the file without {@code .png}
     */
    public void write(Path folder, String name) {
        try {
            BitmapEncoder.saveBitmap(chart, folder.resolve(name).toString(), BitmapFormat.PNG);
            UserFiles.share(folder.resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
