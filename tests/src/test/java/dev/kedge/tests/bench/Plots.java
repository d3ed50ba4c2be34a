// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.tests.bench.OperatorBench.Row;
import dev.kedge.tests.bench.OperatorBench.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The figures of the published tables, as PNG. */
final class Plots {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final double MEGABYTE = 1 << 20;

    private final Path folder;

    Plots(Path folder) {
        this.folder = folder;
    }

    Path operator(OperatorBench.Result result) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("Records a second, one task, commit " + result.machine().commit())
                        .yAxisTitle("records / s")
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setXAxisLabelRotation(20);
        List<String> labels =
                result.rows().stream().map(row -> OperatorBench.label(row.setting())).toList();
        for (Way way : Way.values()) {
            if (way != Way.PIPELINE) {
                List<Double> rates = new ArrayList<>();
                for (Row row : result.rows()) {
                    double rate = row.median(way);
                    rates.add(Double.isNaN(rate) ? 0 : rate);
                }
                chart.addSeries(name(way), labels, rates);
            }
        }
        return save(chart, "operator");
    }

    private static String name(Way way) {
        return way.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    Path checkpoint(CheckpointBench.Result result) {
        XYChart chart =
                chart(
                        "Incremental checkpoint, " + result.settings().models() + " models",
                        "dirty models, %",
                        "MB, or ms");
        addShares(chart, "MB", result, CheckpointBench.Measured::bytes, MEGABYTE);
        addShares(chart, "ms, whole", result, CheckpointBench.Measured::millis, 1);
        addShares(chart, "ms, task at a stand", result, CheckpointBench.Measured::syncMillis, 1);
        return save(chart, "checkpoint");
    }

    private static void addShares(
            XYChart chart,
            String name,
            CheckpointBench.Result result,
            ToLongFunction<CheckpointBench.Measured> figure,
            double unit) {
        List<Double> shares = result.settings().shares();
        chart.addSeries(
                name,
                shares.stream().mapToDouble(share -> 100 * share).toArray(),
                shares.stream()
                        .mapToDouble(share -> Figures.median(result.of(share, figure)) / unit)
                        .toArray());
    }

    Path day(DayBench.Result result) {
        XYChart chart =
                chart(
                        "A day of %,d creatives, %,d models"
                                .formatted(
                                        result.settings().creatives(), result.settings().models()),
                        "seconds",
                        "events / s; MB");
        List<DayBench.Sample> samples = result.samples();
        int step = Math.max(1, samples.size() / 200);
        List<Double> seconds = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int i = step; i < samples.size(); i += step) {
            DayBench.Sample from = samples.get(i - step);
            DayBench.Sample to = samples.get(i);
            seconds.add(to.seconds());
            rates.add((to.events() - from.events()) / (to.seconds() - from.seconds()));
            resident.add(to.resident() / MEGABYTE);
        }
        chart.addSeries("events a second", seconds, rates)
                .setMarker(org.knowm.xchart.style.markers.SeriesMarkers.NONE);
        chart.addSeries("resident, MB", seconds, resident)
                .setMarker(org.knowm.xchart.style.markers.SeriesMarkers.NONE);
        return save(chart, "day");
    }

    Path soak(SoakBench.Result result) {
        XYChart chart =
                chart(
                        result.settings().hours() + " h of events at full speed",
                        "thousand events",
                        "MB");
        addMemory(chart, "resident", result, MemorySample::resident);
        addMemory(chart, "heap after GC", result, MemorySample::heapAfterGc);
        addMemory(chart, "native, not the JVM's", result, MemorySample::otherNative);
        addMemory(chart, "ND4J", result, MemorySample::javaCpp);
        return save(chart, "soak");
    }

    private static void addMemory(
            XYChart chart,
            String name,
            SoakBench.Result result,
            ToDoubleFunction<MemorySample> figure) {
        chart.addSeries(
                        name,
                        result.samples().stream().mapToDouble(s -> s.events() / 1000.0).toArray(),
                        result.samples().stream()
                                .mapToDouble(s -> figure.applyAsDouble(s) / MEGABYTE)
                                .toArray())
                .setMarker(org.knowm.xchart.style.markers.SeriesMarkers.NONE);
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(x)
                        .yAxisTitle(y)
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private Path save(Chart<?, ?> chart, String name) {
        Path file = folder.resolve(name + ".png");
        try {
            Files.createDirectories(folder);
            BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
