// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kedge.connectors.Samples;
import dev.kedge.connectors.TrackerSamples;
import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.operators.ads.creative.CreativeDuplicates;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResultJsonTest {
    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("creative-score", CreativeScore.class, Samples.score()),
                Arguments.of("creative-duplicates", CreativeDuplicates.class, Samples.duplicates()),
                Arguments.of("model-metrics", ModelMetrics.class, Samples.metrics()),
                Arguments.of(
                        "classifier-score",
                        ClassifierScore.class,
                        Samples.classifierScore(Optional.of("dog"))),
                Arguments.of(
                        "classifier-score-unlabelled",
                        ClassifierScore.class,
                        Samples.classifierScore(Optional.empty())),
                Arguments.of(
                        "classifier-metrics", ClassifierMetrics.class, Samples.classifierMetrics()),
                Arguments.of("tracker-score", TrackerScore.class, TrackerSamples.score()),
                Arguments.of("tracker-metrics", TrackerMetrics.class, TrackerSamples.metrics()));
    }

    /** The golden lines were written by hand-made writers, byte for byte. */
    @ParameterizedTest
    @MethodSource("golden")
    <T> void aRecordIsWrittenAsItsGoldenLineAndReadBack(String name, Class<T> type, T value)
            throws Exception {
        RecordJson<T> json = RecordJson.of(type);
        String line = golden(name).trim();

        assertThat(new String(json.encode(value), UTF_8)).isEqualTo(line);
        assertThat(json.tree(value)).hasToString(new JsonMapper().readTree(line).toString());
        assertThat(json.decode(line.getBytes(UTF_8)))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(value);
    }

    @Test
    void eventsAreWrittenAsTheirGoldenLines() throws IOException {
        assertThat(Samples.events())
                .extracting(event -> new String(CreativeEventJson.encode(event), UTF_8))
                .containsExactlyElementsOf(golden("creative-events").lines().toList());
    }

    @Test
    void aTypeWithoutAFormIsRefusedAtOnce() {
        assertThatThrownBy(() -> RecordJson.of(Sample.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON of byte[]");
    }

    @Test
    void readersTravelToTasks() throws Exception {
        RecordJson<ModelMetrics> there = InstantiationUtil.clone(RecordJson.of(ModelMetrics.class));

        assertThat(there.decode(golden("model-metrics").getBytes(UTF_8)))
                .isEqualTo(Samples.metrics());
    }

    @Test
    void metricsOfEarlierVersionsKnowOfNoRefusedSteps() throws Exception {
        String line = golden("model-metrics").replace("\"stepsRefused\":6,", "");

        assertThat(RecordJson.of(ModelMetrics.class).decode(line.getBytes(UTF_8)).stepsRefused())
                .isZero();
    }

    @Test
    void recordsOfEarlierVersionsSayNoIntervals() throws Exception {
        String score = golden("creative-score").replaceAll(",\"remainingDays\":\\{[^}]*}", "");
        String metrics = golden("model-metrics").replaceAll(",\"coverage\":\\[[^]]*]", "");

        assertThat(RecordJson.of(CreativeScore.class).decode(score.getBytes(UTF_8)).remainingDays())
                .isEmpty();
        assertThat(RecordJson.of(ModelMetrics.class).decode(metrics.getBytes(UTF_8)).coverage())
                .isEmpty();
    }

    @Test
    void anIntervalWithoutAnUpperEndHasNone() throws Exception {
        CreativeScore score =
                RecordJson.of(CreativeScore.class).decode(golden("creative-score").getBytes(UTF_8));

        assertThat(score.remainingDays().orElseThrow().isOpen()).isTrue();
        assertThat(score.remainingDays().orElseThrow().low()).isEqualTo(1.5);
    }

    @Test
    void whatTheRecordDoesNotHaveIsRefusedUnlessItSaysThatItIsForeign() throws Exception {
        String line = golden("model-metrics");
        RecordJson<ModelMetrics> json = RecordJson.of(ModelMetrics.class);

        assertThat(json.decode(line.replace("{\"model", "{\"x-y\":1,\"model").getBytes(UTF_8)))
                .isEqualTo(Samples.metrics());
        assertThatThrownBy(
                        () ->
                                json.decode(
                                        line.replace("{\"model", "{\"y\":1,\"model")
                                                .getBytes(UTF_8)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("field 'y' is 1, allowed: a known field");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in =
                ResultJsonTest.class.getResourceAsStream("/golden/json/" + name + ".json")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void aScoreIsReadBackAsItWasWritten() throws UndecodableException {
        assertThat(
                        RecordJson.of(CreativeScore.class)
                                .decode(RecordJson.of(CreativeScore.class).encode(Samples.score())))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(Samples.score());
    }

    @Test
    void metricsAreReadBackAsTheyWereWritten() throws UndecodableException {
        assertThat(
                        RecordJson.of(ModelMetrics.class)
                                .decode(
                                        RecordJson.of(ModelMetrics.class)
                                                .encode(Samples.metrics())))
                .isEqualTo(Samples.metrics());
    }

    @Test
    void scoresOfSamplesAreReadBackAsTheyWereWritten() throws UndecodableException {
        for (Optional<String> label : List.of(Optional.of("dog"), Optional.<String>empty())) {
            ClassifierScore score = Samples.classifierScore(label);
            assertThat(
                            RecordJson.of(ClassifierScore.class)
                                    .decode(RecordJson.of(ClassifierScore.class).encode(score)))
                    .isEqualTo(score);
        }
        assertThat(
                        new String(
                                RecordJson.of(ClassifierScore.class)
                                        .encode(Samples.classifierScore(Optional.of("dog"))),
                                UTF_8))
                .contains("\"novelty\":null")
                .endsWith("\"label\":\"dog\",\"correct\":false}");
    }

    @Test
    void metricsOfClassifiersAreReadBackAsTheyWereWritten() throws UndecodableException {
        ClassifierMetrics metrics = Samples.classifierMetrics();

        assertThat(
                        RecordJson.of(ClassifierMetrics.class)
                                .decode(RecordJson.of(ClassifierMetrics.class).encode(metrics)))
                .isEqualTo(metrics);
    }

    @Test
    void aScoreIsPlainToReadForOthers() {
        assertThat(new String(RecordJson.of(CreativeScore.class).encode(Samples.score()), UTF_8))
                .contains("\"at\":\"2026-03-01T12:00:00.123Z\"")
                .contains("\"survival\":[0.9,0.72,null]")
                .contains("\"wearOut\":null")
                .contains("\"cause\":\"statistics\"")
                .contains("\"action\":\"watch\"")
                .contains("\"horizons\":[{\"days\":7.0,\"probability\":0.25,\"raw\":0.375}]");
    }

    @Test
    void aScoreWithAnUnknownActionIsRefused() {
        String text = new String(RecordJson.of(CreativeScore.class).encode(Samples.score()), UTF_8);
        byte[] changed = text.replace("\"watch\"", "\"pray\"").getBytes(UTF_8);

        assertThatThrownBy(() -> RecordJson.of(CreativeScore.class).decode(changed))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("'action' is pray");
    }

    @Test
    void theCurrencyStandsBesideTheTextAndWithoutOneNothingDoes() throws UndecodableException {
        RecordJson<CreativeScore> json = RecordJson.of(CreativeScore.class);
        String without = new String(json.encode(Samples.score()), UTF_8);
        String with =
                without.replace("\"text\":\"text\"", "\"text\":\"text\",\"currency\":\"CHF\"");

        assertThat(without).doesNotContain("currency");
        CreativeScore read = json.decode(with.getBytes(UTF_8));
        assertThat(read.description().currency()).isEqualTo("CHF");
        assertThat(read.forPolicies().description().currency()).isEqualTo("CHF");
        assertThat(json.encode(read)).isEqualTo(with.getBytes(UTF_8));
        assertThat(json.decode(without.getBytes(UTF_8)).description().currency()).isEmpty();
    }
}
