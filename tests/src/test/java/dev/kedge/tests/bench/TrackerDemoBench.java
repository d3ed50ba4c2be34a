// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.image.ImageSet;
import dev.kedge.jobs.laboratory.data.ImageFolderReader;
import dev.kedge.jobs.tracker.RivalKind;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.tests.tracker.OfflineTrackerDemo;
import dev.kedge.tests.tracker.OfflineTrackerDemo.Scene;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;

/**
 * How well the tracker's demo tracks, by thirds of its time: the tracker that learns, the encoder
 * as it was drawn, and the crops themselves, each with its crops normalised in several ways. Rivals
 * have the threshold that is best in each third, an advantage that the learner does not have.
 */
final class TrackerDemoBench {
    private static final ImageShape DRAWN = new ImageShape(3, 32, 32);
    private static final int SHAPES = 100;

    private final Settings settings;
    private final PrintWriter out;

    /**
     * What is measured.
     *
     * @param seeds one demo for each
     * @param cameras cameras of a demo
     * @param seconds length of a demo, at five frames a second
     * @param images folder of images that move; blank for drawn shapes
     * @param perClass images of each class
     * @param normalisations what is tried
     * @param rivals whether what learns nothing tracks along
     */
    record Settings(
            List<Long> seeds,
            int cameras,
            int seconds,
            String images,
            int perClass,
            List<InputNormalisation> normalisations,
            boolean rivals) {}

    /**
     * One row.
     *
     * @param normalisation what was made of the crops
     * @param who who tracked
     * @param idf1 IDF1 by thirds in per cent, mean over the seeds
     * @param lastThird IDF1 of the last third, seed by seed
     * @param switches ID switches per 1,000 judged detections, by thirds; of the learner
     */
    record Row(
            InputNormalisation normalisation,
            String who,
            List<Double> idf1,
            List<Double> lastThird,
            List<Double> switches) {}

    /** All rows. */
    record Result(Settings settings, List<Row> rows) {}

    TrackerDemoBench(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    Result run() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (InputNormalisation normalisation : settings.normalisations()) {
            List<OfflineTrackerDemo> demos = new ArrayList<>();
            for (long seed : settings.seeds()) {
                demos.add(
                        OfflineTrackerDemo.play(
                                scene(seed),
                                tracker -> tracker.with("input.normalisation", normalisation),
                                settings.rivals()));
            }
            add(rows, row(normalisation, "learned", demos, OfflineTrackerDemo::idf1, true));
            for (RivalKind kind : settings.rivals() ? RivalKind.values() : new RivalKind[0]) {
                String who = kind.name().toLowerCase(Locale.ROOT);
                add(rows, row(normalisation, who, demos, (demo, t) -> demo.idf1(kind, t), false));
            }
        }
        return new Result(settings, rows);
    }

    private Scene scene(long seed) throws IOException {
        long millis = settings.seconds() * 1000L;
        if (settings.images().isBlank()) {
            List<byte[]> shapes = ShapeImages.make(SHAPES, DRAWN, seed);
            return new Scene(shapes, DRAWN, settings.cameras(), millis, seed);
        }
        ImageSet set = ImageFolderReader.read(Path.of(settings.images()), settings.perClass());
        return new Scene(set.pixels(), set.shape(), settings.cameras(), millis, seed);
    }

    private static Row row(
            InputNormalisation normalisation,
            String who,
            List<OfflineTrackerDemo> demos,
            ToDoubleBiFunction<OfflineTrackerDemo, Integer> idf1,
            boolean counted) {
        return new Row(
                normalisation,
                who,
                thirds(demos, (demo, third) -> 100 * idf1.applyAsDouble(demo, third)),
                demos.stream().map(demo -> 100 * idf1.applyAsDouble(demo, 2)).toList(),
                counted ? thirds(demos, OfflineTrackerDemo::switches) : List.of());
    }

    private static List<Double> thirds(
            List<OfflineTrackerDemo> demos,
            ToDoubleBiFunction<OfflineTrackerDemo, Integer> figure) {
        List<Double> means = new ArrayList<>();
        for (int third = 0; third < 3; third++) {
            int of = third;
            means.add(
                    demos.stream()
                            .mapToDouble(demo -> figure.applyAsDouble(demo, of))
                            .average()
                            .orElseThrow());
        }
        return means;
    }

    private void add(List<Row> rows, Row row) {
        rows.add(row);
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |%n",
                row.normalisation().name().toLowerCase(Locale.ROOT),
                row.who(),
                numbers(row.idf1(), "%.1f"),
                numbers(row.lastThird(), "%.1f"),
                numbers(row.switches(), "%.0f"));
        out.flush();
    }

    private static String numbers(List<Double> numbers, String form) {
        return String.join(
                ", ",
                numbers.stream().map(number -> String.format(Locale.ROOT, form, number)).toList());
    }
}
