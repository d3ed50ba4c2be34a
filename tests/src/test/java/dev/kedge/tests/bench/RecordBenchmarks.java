// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.RecordJson;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.ads.CreativeDescription;
import dev.kedge.state.random.RestorableRandom;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a record costs on its way in and out, beside what Jackson does by itself. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmarks {
    private static final int NUMBERS = 64;

    /** One record of each job. */
    @State(Scope.Thread)
    public static class Records {
        private static final String AT = "\"at\":\"2026-03-01T12:00:00.123Z\"";
        private static final ClassifierSettings.Input SAMPLE = ClassifierSettings.DEFAULT.input();
        private static final TrackerSettings.Input DETECTION = TrackerSettings.DEFAULT.input();
        private static final Map<String, EventDecoder<?>> DECODERS =
                Map.of(
                        "statistics",
                        new CreativeEventJson(),
                        "launch",
                        new CreativeEventJson(),
                        "sample",
                        new SampleJson(new ClassifierSettings.Input(NUMBERS, SAMPLE.image())),
                        "frame",
                        new FrameJson(new TrackerSettings.Input(NUMBERS, DETECTION.crop())));

        @Param({"statistics", "launch", "sample", "frame"})
        String kind;

        private final ObjectReader trees =
                JsonMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build()
                        .readerFor(JsonNode.class);
        private byte[] bytes;
        private EventDecoder<?> decoder;

        /** Writes the record. */
        @Setup
        public void write() {
            decoder = DECODERS.get(kind);
            bytes = record().getBytes(UTF_8);
        }

        private String record() {
            String creative = "\"model\":\"market-17\",\"creative\":\"creative-123456\"," + AT;
            return switch (kind) {
                case "statistics" ->
                        "{\"type\":\"statistics\","
                                + creative
                                + ",\"period\":12,\"impressions\":123456,\"clicks\":1234,"
                                + "\"conversions\":56,\"spend\":123.45}";
                case "launch" ->
                        "{\"type\":\"launched\","
                                + creative
                                + ",\"advertiser\":\"advertiser-12\",\"text\":\"Twelve words about"
                                + " shoes that nobody who walks wants to be without\","
                                + "\"categories\":{\"format\":\"video\",\"country\":\"fr\"},"
                                + "\"numbers\":{\"words\":12,\"seconds\":14.5}}";
                case "sample" ->
                        "{\"model\":\"m\",\"id\":\"sample-123456\","
                                + AT
                                + ",\"features\":"
                                + numbers(1)
                                + ",\"label\":\"cat\"}";
                default ->
                        "{\"model\":\"m\",\"stream\":\"door\",\"frame\":1234,"
                                + AT
                                + ",\"detections\":"
                                + list(4, Records::detection)
                                + "}";
            };
        }

        private static String detection(int seed) {
            return "{\"features\":"
                    + numbers(seed)
                    + ",\"score\":0.875,\"class\":\"car\",\"box\":[10.5,20.25,30.5,40.0]}";
        }

        private static String numbers(int seed) {
            float[] drawn = new float[NUMBERS];
            RestorableRandom.seeded(seed).fillUniform(drawn, 0, NUMBERS, 1);
            return list(NUMBERS, i -> Float.toString(drawn[i]));
        }

        private static String list(int count, IntFunction<String> element) {
            return IntStream.range(0, count)
                    .mapToObj(element)
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** A score with 24 intervals, as one of a creative's first day has. */
    @State(Scope.Thread)
    public static class Scores {
        private static final int INTERVALS = 24;

        private final RecordJson<CreativeScore> json = RecordJson.of(CreativeScore.class);
        private final ObjectWriter plain = new JsonMapper().writer();
        private CreativeScore score;

        /** Draws it. */
        @Setup
        public void draw() {
            double[] hazard = drawn(1);
            score =
                    new CreativeScore(
                            new CreativeScore.Subject("market-17", "creative-123456", 0),
                            new CreativeDescription("advertiser-12", "Twelve words", ""),
                            1_700_000_000_000L,
                            1_690_000_000_000L,
                            CreativeScore.Cause.STATISTICS,
                            new CreativeScore.Outlook(
                                    0, drawn(2), hazard, drawn(3), drawn(4), drawn(5)),
                            new CreativeScore.Forecast(
                                    List.of(new CreativeScore.Horizon(7, hazard[0], hazard[1])),
                                    List.of(),
                                    hazard[2],
                                    hazard[3],
                                    hazard[4],
                                    -hazard[4]),
                            new CreativeScore.Advice(
                                    CreativeScore.Action.KEEP,
                                    "10 % within 7 days (cut-out, day 3)",
                                    hazard[5],
                                    hazard[6],
                                    List.of(
                                            new CreativeScore.Contribution("text", hazard[7]),
                                            new CreativeScore.Contribution("facts", hazard[8]))),
                            CreativeScore.Traffic.NONE,
                            CreativeScore.Traffic.NONE,
                            new CreativeScore.Version(42, 1_700_000_000_000L, 2000),
                            Optional.empty());
        }

        private static double[] drawn(int seed) {
            RestorableRandom random = RestorableRandom.seeded(seed);
            return DoubleStream.generate(random::nextDouble).limit(INTERVALS).toArray();
        }
    }

    /** To JSON as it is published. */
    @Benchmark
    public byte[] score(Scores s) {
        return s.json.encode(s.score);
    }

    /** The same score by Jackson's own way with records: all digits. */
    @Benchmark
    public byte[] plainScore(Scores s) throws IOException {
        return s.plain.writeValueAsBytes(s.score);
    }

    /** To the event, checked. */
    @Benchmark
    public Object event(Records r) throws UndecodableException {
        return r.decoder.decode(r.bytes);
    }

    /** To a tree, of which the event would have to be made yet. */
    @Benchmark
    public Object tree(Records r) throws IOException {
        return r.trees.readTree(new String(r.bytes, UTF_8));
    }
}
