// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.json.EventDecoder;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.tracker.TrackerFile;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.state.part.MemoryPartStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One number that is none, or far too large, in a stream that is sane otherwise. */
class HugeNumbersTest {
    private static final Pattern FEATURES = Pattern.compile("\"features\": \\[[^\\]]*\\]");

    /** Reads lines as a job does, and keeps what its model says. */
    private static final class Stage<E, S, M> implements Outlet<S, M>, AutoCloseable {
        private final List<S> scores = new ArrayList<>();
        private final List<M> metrics = new ArrayList<>();
        private final List<String> refused = new ArrayList<>();
        private final EventDecoder<? extends E> decoder;
        private final LiveModels.Shared<E, S, M> shared;
        private final LiveModel<E, S, M> model;

        Stage(EventDecoder<? extends E> decoder, LiveModels<E, S, M> models) {
            this.decoder = decoder;
            this.shared = models.open();
            this.model = shared.load("m", new MemoryPartStore());
        }

        Stage<E, S, M> read(List<String> lines) {
            for (String line : lines) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                try {
                    Origin origin = new Origin("in", 0, scores.size(), 4_000_000_000_000L);
                    model.process(new Incoming<>(decoder.decode(bytes), origin, bytes), this);
                } catch (UndecodableException e) {
                    refused.add(e.getMessage());
                }
            }
            return this;
        }

        @Override
        public void score(S score) {
            scores.add(score);
        }

        @Override
        public void metrics(M one) {
            metrics.add(one);
        }

        @Override
        public void reject(DeadLetter letter) {
            refused.add(letter.message());
        }

        @Override
        public void close() throws Exception {
            shared.close();
        }
    }

    private static String resource(String name) {
        try (InputStream in = HugeNumbersTest.class.getResourceAsStream("/cases/run/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of a file; what is strange in it has become an ordinary sample. */
    private static List<String> sane(String file) {
        return resource(file)
                .lines()
                .map(
                        line ->
                                line.contains("3e38") || line.contains("3e+38")
                                        ? ordinary(line)
                                        : line)
                .toList();
    }

    private static String ordinary(String line) {
        return line.replaceAll("\\[-?3e\\+?38[^\\]]*\\]", "[1, 0, 0, 0]");
    }

    /** The lines of a file, with other features in the first object of one of them. */
    private static List<String> lines(String file, int line, String features) {
        List<String> lines = new ArrayList<>(sane(file));
        lines.set(
                line,
                FEATURES.matcher(lines.get(line)).replaceFirst("\"features\": [" + features + "]"));
        return lines;
    }

    private static Stage<?, ClassifierScore, ClassifierMetrics> classified(List<String> lines) {
        ClassifierSettings settings =
                StrictYaml.parse(
                                resource("cls.yaml"),
                                ClassifierFile.DEFAULT,
                                ClassifierFile.class,
                                "cls.yaml")
                        .classifier();
        return new Stage<>(new SampleJson(settings.input()), new ClassifierModels(settings))
                .read(lines);
    }

    private static double accuracyAfter(List<ClassifierScore> scores, int from) {
        return scores.stream()
                .skip(from)
                .mapToInt(score -> score.correct().orElse(false) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3e38, 3e38, 3e38, 3e38 | features[0]",
                "0, 0, 0, -3e38         | features[3]",
                "0, 1e12, 0, 0          | features[1]",
                "0, 0, 1e39, 0          | features[2]",
                "NaN, 0, 0, 0           | features[0]",
                "0, -Infinity, 0, 0     | features[1]",
                "0, 0, 0, 1000001       | features[3]",
                "1e19, 0, 0, 0          | features[0]"
            })
    void aSampleOfSuchANumberIsADeadLetterAndTheClassifierGoesOn(String features, String field)
            throws Exception {
        try (var clean = classified(lines("samples.jsonl", 200, "1, 0, 0, 0"));
                var stage = classified(lines("samples.jsonl", 200, features))) {
            assertThat(stage.refused).singleElement().asString().contains(field);
            assertThat(stage.scores).hasSize(399);
            assertThat(accuracyAfter(stage.scores, 210))
                    .isGreaterThan(accuracyAfter(clean.scores, 210) - 0.02)
                    .isGreaterThan(0.9);
            assertThat(stage.metrics.get(stage.metrics.size() - 1).quality().loss()).isLessThan(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e6, 1e6, 1e6, 1e6", "-1e6, 1e6, -1e6, 1e6", "1e-45, -1e-300, 0, 1e-38"})
    void theLargestAndTheSmallestNumbersThatAreLetInDoNotRuinTheClassifier(String features)
            throws Exception {
        for (int line : new int[] {0, 5, 200, 201}) {
            try (var stage = classified(lines("samples.jsonl", line, features))) {
                ClassifierMetrics last = stage.metrics.get(stage.metrics.size() - 1);

                assertThat(stage.refused).isEmpty();
                assertThat(stage.scores).hasSize(400);
                assertThat(last.stepsRefused()).isLessThan(5);
                assertThat(last.quality().loss()).isLessThan(1);
                assertThat(accuracyAfter(stage.scores, 250)).isGreaterThan(0.9);
            }
        }
    }

    private static Stage<?, TrackerScore, TrackerMetrics> tracked(
            String pairing, List<String> lines) {
        TrackerSettings settings =
                StrictYaml.parse(
                                resource("trk.yaml").replace("hungarian", pairing),
                                TrackerFile.DEFAULT,
                                TrackerFile.class,
                                "trk.yaml")
                        .tracker();
        return new Stage<>(new FrameJson(settings.input()), new TrackerModels(settings))
                .read(lines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hungarian | 3e38, 3e38, 3e38, 3e38 | detections[0].features[0]",
                "hungarian | 0, -3e38, 0, 0         | detections[0].features[1]",
                "hungarian | 0, 0, NaN, 0           | detections[0].features[2]",
                "greedy    | 3e38, -3e38, 3e38, 0   | detections[0].features[0]",
                "greedy    | 0, 0, 0, 1e20          | detections[0].features[3]"
            })
    void aFrameOfSuchANumberIsADeadLetterAndTheTracksGoOn(
            String pairing, String features, String field) throws Exception {
        try (var stage = tracked(pairing, lines("frames.jsonl", 20, features))) {
            assertThat(stage.refused).singleElement().asString().contains(field);
            assertThat(stage.scores).hasSize(39);
            assertThat(tracks(stage.scores, 0)).containsExactly(0L, 1L, 2L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hungarian | 1e6, -1e6, 1e6, 1e6",
                "greedy    | -1e6, -1e6, 1e6, -1e6",
                "greedy    | 1e-45, 0, 0, 0"
            })
    void theLargestNumberThatIsLetInIsATrackOfItsOwnAndTheOthersGoOn(
            String pairing, String features) throws Exception {
        try (var stage = tracked(pairing, lines("frames.jsonl", 20, features))) {
            assertThat(stage.refused).isEmpty();
            assertThat(stage.scores).hasSize(40);
            assertThat(tracks(stage.scores, 21)).containsExactly(0L, 1L, 2L);
        }
    }

    private static SortedSet<Long> tracks(List<TrackerScore> scores, int from) {
        SortedSet<Long> tracks = new TreeSet<>();
        scores.stream()
                .skip(from)
                .forEach(score -> score.detections().forEach(seen -> tracks.add(seen.track())));
        return tracks;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"score\": 3e38                                  | detections[0].score",
                "\"score\": NaN                                   | detections[0].score",
                "\"score\": 0.9, \"box\": [0, 0, 3e38, 3e38]      | detections[0].box",
                "\"score\": 0.9, \"box\": [1e200, 0, 1, 1]        | detections[0].box",
                "\"score\": 0.9, \"box\": [0, 0, Infinity, 1]     | detections[0].box",
                "\"score\": 0.9, \"box\": [0, 0, 1e9, 1000000001] | detections[0].box"
            })
    void scoresAndBoxesAreBoundedToo(String given, String field) throws Exception {
        List<String> lines = new ArrayList<>(sane("frames.jsonl"));
        lines.set(20, lines.get(20).replaceFirst("\"score\": 0.9", given));
        try (var stage = tracked("hungarian", lines)) {
            assertThat(stage.refused).singleElement().asString().contains(field);
            assertThat(tracks(stage.scores, 0)).containsExactly(0L, 1L, 2L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"embedding\": [3e38, 0]",
                "\"embedding\": [0, -1000001]",
                "\"embedding\": [NaN]",
                "\"numbers\": {\"price\": 1e309}",
                "\"numbers\": {\"price\": -Infinity}"
            })
    void whatACreativeShowsIsBounded(String content) {
        assertRefused(
                "{\"type\": \"launched\", \"model\": \"m\", \"creative\": \"c\", \"at\": \"2026-03-01T12:00:00Z\", "
                        + content
                        + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"impressions\": 1e19, \"clicks\": 0, \"conversions\": 0, \"spend\": 0",
                "\"impressions\": 10000000000000000000, \"clicks\": 0, \"conversions\": 0, \"spend\": 0",
                "\"impressions\": 10, \"clicks\": 0, \"conversions\": 0, \"spend\": 1e38",
                "\"impressions\": 10, \"clicks\": 0, \"conversions\": 0, \"spend\": NaN"
            })
    void whatACreativeEarnedIsBounded(String statistics) {
        assertRefused(
                "{\"type\": \"statistics\", \"model\": \"m\", \"creative\": \"c\", \"at\": \"2026-03-01T12:00:00Z\", \"period\": 0, "
                        + statistics
                        + "}");
    }

    private static void assertRefused(String json) {
        List<String> reasons = new ArrayList<>();
        try {
            new CreativeEventJson().decode(json.getBytes(StandardCharsets.UTF_8));
        } catch (UndecodableException e) {
            reasons.add(e.getMessage());
        }
        assertThat(reasons).singleElement().asString().contains("allowed");
    }

    @Test
    void theCasesAsTheyWereFoundEndInADeadLetterEach() throws Exception {
        try (var samples = classified(resource("samples.jsonl").lines().toList());
                var hungarian = tracked("hungarian", resource("frames.jsonl").lines().toList());
                var greedy = tracked("greedy", resource("frames.jsonl").lines().toList())) {
            assertThat(samples.refused).hasSize(1);
            assertThat(accuracyAfter(samples.scores, 210)).isGreaterThan(0.9);
            assertThat(hungarian.refused).hasSize(1);
            assertThat(greedy.refused).hasSize(1);
            assertThat(tracks(hungarian.scores, 0)).containsExactly(0L, 1L, 2L);
            assertThat(tracks(greedy.scores, 0)).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void twoSaneStreamsAreReadWhole() throws Exception {
        try (var samples = classified(sane("samples.jsonl"));
                var frames = tracked("hungarian", sane("frames.jsonl"))) {
            assertThat(samples.refused).isEmpty();
            assertThat(samples.metrics).allMatch(metrics -> metrics.stepsRefused() == 0);
            assertThat(frames.refused).isEmpty();
            assertThat(frames.metrics).allMatch(metrics -> metrics.stepsRefused() == 0);
        }
    }
}
