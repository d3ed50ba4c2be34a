// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.Samples;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

    @Test
    void aScoreIsReadBackAsItWasWritten() throws UndecodableException {
        assertThat(new CreativeScoreJson().decode(CreativeScoreJson.encode(Samples.score())))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(Samples.score());
    }

    @Test
    void metricsAreReadBackAsTheyWereWritten() throws UndecodableException {
        assertThat(new ModelMetricsJson().decode(ModelMetricsJson.encode(Samples.metrics())))
                .isEqualTo(Samples.metrics());
    }

    @Test
    void scoresOfSamplesAreReadBackAsTheyWereWritten() throws UndecodableException {
        for (Optional<String> label : List.of(Optional.of("dog"), Optional.<String>empty())) {
            ClassifierScore score = Samples.classifierScore(label);
            assertThat(new ClassifierScoreJson().decode(ClassifierScoreJson.encode(score)))
                    .isEqualTo(score);
        }
        assertThat(
                        new String(
                                ClassifierScoreJson.encode(
                                        Samples.classifierScore(Optional.of("dog"))),
                                UTF_8))
                .contains("\"novelty\":null")
                .endsWith("\"label\":\"dog\",\"correct\":false}");
    }

    @Test
    void metricsOfClassifiersAreReadBackAsTheyWereWritten() throws UndecodableException {
        ClassifierMetrics metrics = Samples.classifierMetrics();

        assertThat(new ClassifierMetricsJson().decode(ClassifierMetricsJson.encode(metrics)))
                .isEqualTo(metrics);
    }

    @Test
    void aScoreIsPlainToReadForOthers() {
        assertThat(new String(CreativeScoreJson.encode(Samples.score()), UTF_8))
                .contains("\"at\":\"2026-03-01T12:00:00.123Z\"")
                .contains("\"survival\":[0.9,0.72,null]")
                .contains("\"wearOut\":null")
                .contains("\"cause\":\"statistics\"")
                .contains("\"action\":\"watch\"")
                .contains("\"horizons\":[{\"days\":7.0,\"probability\":0.25,\"raw\":0.375}]");
    }

    @Test
    void aScoreWithAnUnknownActionIsRefused() {
        String text = new String(CreativeScoreJson.encode(Samples.score()), UTF_8);
        byte[] changed = text.replace("\"watch\"", "\"pray\"").getBytes(UTF_8);

        assertThatThrownBy(() -> new CreativeScoreJson().decode(changed))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("'action' is pray");
    }
}
