// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors;

import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeReactivated;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.IntervalStatistics;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.Label;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.classifier.hpcr.Prediction;
import dev.kedge.state.ads.CreativeDescription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that several tests share. */
public final class Samples {
    /** A moment. */
    public static final long AT = Instant.parse("2026-03-01T12:00:00.123Z").toEpochMilli();

    /** A text longer than 64 KiB. */
    public static final String LONG_TEXT = "größer ".repeat(12_000);

    private Samples() {}

    /** A launch with every part but a currency. */
    public static CreativeLaunched launched() {
        return new CreativeLaunched(
                "m",
                "c",
                AT,
                CreativeContent.of(
                        "acme",
                        "Ünïcode 😀 \"quoted\"",
                        Map.of("country", "fr", "format", "video"),
                        Map.of("words", 3.5),
                        new float[] {0.1f, -2e-7f, 3}));
    }

    /** One event of each kind. */
    public static List<CreativeEvent> events() {
        return List.of(
                launched(),
                new CreativeLaunched("m", "c", AT, CreativeContent.UNKNOWN),
                new IntervalStatistics("m", "c", AT, 3, 1000, 20, 1, 12.34),
                new CreativeDiscontinued("m", "c", AT, "tired"),
                new CreativeDiscontinued("m", "c", AT, ""),
                new CreativeReactivated("m", "c", AT));
    }

    /** A score with numbers that are not numbers in it. */
    public static CreativeScore score() {
        return new CreativeScore(
                new CreativeScore.Subject("m|1", "c", 1),
                new CreativeDescription("acme", "text", ""),
                AT,
                AT - 1000,
                CreativeScore.Cause.STATISTICS,
                new CreativeScore.Outlook(
                        2,
                        new double[] {2, 3, 4},
                        new double[] {0.1, 0.2, 0.3},
                        new double[] {0.9, 0.72, Double.NaN},
                        new double[] {0.8, 0.5, Double.NaN},
                        new double[] {0.95, 0.8, Double.NaN}),
                new CreativeScore.Forecast(
                        List.of(new CreativeScore.Horizon(7, 0.25, 0.375)),
                        List.of(
                                new CreativeScore.CauseShare("budget", 0.125),
                                new CreativeScore.CauseShare("other", 0.125)),
                        0.5,
                        Double.NaN,
                        12.5,
                        -3.25),
                new CreativeScore.Advice(
                        CreativeScore.Action.WATCH,
                        "because",
                        20.5,
                        5.125,
                        List.of(new CreativeScore.Contribution("text", -0.125))),
                new CreativeScore.Traffic(10, 2, 1, 3.5),
                CreativeScore.Traffic.NONE,
                new CreativeScore.Version(42, AT - 1000, 2000),
                Optional.of(new CreativeScore.RemainingDays(0.9, 1.5, Double.NaN)));
    }

    /** A creative that is the same as one and like another. */
    public static CreativeDuplicates duplicates() {
        return new CreativeDuplicates(
                "m",
                "c|2",
                AT,
                CreativeDuplicates.Cause.MERGE,
                "c",
                List.of(
                        new CreativeDuplicates.Twin("c", 0.975, CreativeDuplicates.Tie.SAME),
                        new CreativeDuplicates.Twin("d", -0.5, CreativeDuplicates.Tie.IDENTITY)),
                42);
    }

    /** A sample with its label, one without, and a label. */
    public static List<ClassifierEvent> classifierEvents() {
        return List.of(
                new Sample("m", "x", AT, new byte[] {1, -2, 3}, Optional.of("größer")),
                new Sample("m", "x", AT, new byte[0], Optional.empty()),
                new Label("m", "x", AT, "cat"));
    }

    /** What was said of a sample; its label is known or not. */
    public static ClassifierScore classifierScore(Optional<String> label) {
        return new ClassifierScore(
                "m|1",
                "x",
                AT,
                List.of(new Prediction.Ranked("cat", 0.75), new Prediction.Ranked("dog", 0.25)),
                Double.NaN,
                42,
                AT - 1000,
                label);
    }

    /** Metrics of a classifier of which some are not known yet. */
    public static ClassifierMetrics classifierMetrics() {
        return new ClassifierMetrics(
                "m",
                AT,
                5,
                new ClassifierMetrics.Counts(100, 90, 7, 3, 2, 1, 4),
                new ClassifierMetrics.Quality(0.5, 0.75, Double.NaN, 12.5, 1.25),
                60,
                6,
                List.of(
                        new ClassifierMetrics.ClassFigures("cat", 60, 50, 30, 0.5, 0.75),
                        new ClassifierMetrics.ClassFigures("dog", 3, 3, 30, 1, Double.NaN)));
    }

    /** Metrics of which some are not known yet. */
    public static ModelMetrics metrics() {
        return new ModelMetrics(
                "m",
                AT,
                5,
                new ModelMetrics.Learned(100, 7, 50, 0.4),
                new ModelMetrics.Ranking(0.7, Double.NaN, 0.65, 30, 0.5),
                2,
                1,
                Double.NaN,
                6,
                List.of(
                        new ModelMetrics.HorizonCalibration(
                                7, 12, 0.125, 0.25, List.of(new ModelMetrics.Bin(0.25, 0.5, 11.5))),
                        new ModelMetrics.HorizonCalibration(
                                30, 0, Double.NaN, Double.NaN, List.of())),
                new ModelMetrics.Decisions(4, 2, 1, 99.5, 2, 1, 1, 40, 91.5, 3, 0.7, 95),
                List.of(
                        new ModelMetrics.ExpertShare("linear", 0.25, 0.5, 0.125),
                        new ModelMetrics.ExpertShare("net", 0.75, 0.5, Double.NaN)),
                List.of(
                        new ModelMetrics.Coverage(
                                "launch", 0.9, 120, 0.875, 0.0625, 0.0625, 0.25, 0.75, 1),
                        new ModelMetrics.Coverage(
                                "later",
                                0.9,
                                0,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN)));
    }
}
