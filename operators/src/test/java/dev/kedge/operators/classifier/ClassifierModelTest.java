// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.stream.Command.Verb;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.DeadLetter.Reason;
import dev.kedge.state.parameters.IncompatibleLayoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifierModelTest {
    private Bench bench = new Bench(Bench.settings());

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private void bench(ClassifierSettings settings) throws Exception {
        bench.close();
        bench = new Bench(settings);
    }

    @Test
    void aSampleIsScoredBeforeItsLabelIsLearned() {
        bench.labelled("one", 0, "a");

        assertThat(bench.last().ranked()).isEmpty();
        assertThat(bench.last().correct()).contains(false);
        assertThat(bench.last().novelty()).isEqualTo(1);
        assertThat(bench.last().modelVersion()).isZero();
        assertThat(bench.last().featureTime()).isEqualTo(Bench.START);
    }

    @Test
    void whatIsLearnedIsAnsweredWithProbabilitiesOfTheLikeliest() {
        bench.teach();
        bench.sample("x", 40, "b");

        ClassifierScore score = bench.last();
        assertThat(score.ranked()).hasSize(2);
        assertThat(score.ranked().get(0).label()).isEqualTo("b");
        assertThat(score.ranked().get(0).probability())
                .isGreaterThan(score.ranked().get(1).probability());
        assertThat(score.label()).isEmpty();
        assertThat(score.correct()).isEmpty();
        assertThat(score.featureTime()).isEqualTo(Bench.START + 29);
        assertThat(score.modelVersion()).isPositive();
    }

    @Test
    void aLabelThatComesLaterJudgesWhatWasSaidThenAndIsLearned() {
        bench.teach();
        bench.sample("x", 40, "b");
        ClassifierScore said = bench.last();
        for (int i = 0; i < 8; i++) {
            bench.labelled("more" + i, 50 + i, "a");
        }
        bench.label("x", 60, "b");

        assertThat(bench.last()).isEqualTo(said.judged("b"));
        assertThat(bench.last().correct()).contains(true);
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void aLabelThatComesFirstWaitsForItsSample() {
        bench.teach();
        int before = bench.scores.size();
        bench.label("x", 40, "c");
        assertThat(bench.scores).hasSize(before);
        bench.restore();
        bench.sample("x", 50, "c");

        assertThat(bench.scores).hasSize(before + 1);
        assertThat(bench.last().label()).contains("c");
        assertThat(bench.last().correct()).contains(true);
    }

    @Test
    void aLabelWhoseSampleDoesNotComeInTimeIsHandedBackWithItsBytes() {
        bench.label("x", 0, "a");
        bench.restore();
        bench.labelled("y", 10_000, "a");
        assertThat(bench.refused).isEmpty();
        bench.labelled("z", 10_001, "a");

        DeadLetter letter = bench.refused.get(0);
        assertThat(letter.reason()).isEqualTo(Reason.UNKNOWN_SAMPLE);
        assertThat(letter.message()).contains("'x'").contains("join.within (10 s)");
        assertThat(new String(letter.original(), StandardCharsets.UTF_8)).isEqualTo("record 0");
        assertThat(letter.origin().offset()).isZero();
    }

    @Test
    void tooManyEarlyLabelsHandTheOldestBack() {
        bench.label("x", 5, "a");
        bench.label("y", 3, "a");
        bench.label("z", 4, "a");

        assertThat(bench.refused).hasSize(1);
        assertThat(bench.refused.get(0).message()).contains("'y'").contains("join.labels (2)");
    }

    @Test
    void aSampleThatWaitsInVainExpiresAndItsLabelIsLate() {
        bench.sample("x", 0, "a");
        bench.sample("y", 10_001, "a");
        bench.label("x", 10_002, "a");

        assertThat(bench.refused).extracting(DeadLetter::reason).containsExactly(Reason.LATE);
        assertThat(bench.metricsAt(12_000).counts().expired()).isEqualTo(1);
    }

    @Test
    void tooManyWaitingSamplesExpireTheOldestByEventTime() {
        bench.sample("w", 7, "a");
        bench.sample("x", 2, "a");
        bench.sample("y", 5, "a");
        bench.sample("z", 6, "a");
        bench.label("w", 8, "a");
        bench.label("x", 8, "a");

        assertThat(bench.last().id()).isEqualTo("w");
        assertThat(bench.refused).hasSize(1);
        assertThat(bench.refused.get(0).message()).contains("'x'").contains("join.samples 3");
    }

    @Test
    void whatComesAgainIsCountedAndChangesNothing() {
        bench.labelled("x", 0, "a");
        bench.sample("y", 1, "a");
        int scores = bench.scores.size();
        bench.labelled("x", 2, "b");
        bench.sample("y", 3, "a");
        bench.label("x", 4, "b");
        bench.label("z", 5, "a");
        bench.label("z", 6, "b");

        assertThat(bench.scores).hasSize(scores);
        assertThat(bench.refused).isEmpty();
        ClassifierMetrics metrics = bench.metricsAt(5000);
        assertThat(metrics.counts().duplicates()).isEqualTo(4);
        assertThat(metrics.counts().samples()).isEqualTo(2);
        assertThat(metrics.counts().judged()).isEqualTo(1);
    }

    @Test
    void idsAreForgottenBeyondTheirBound() throws Exception {
        bench(Bench.waitingFor(3, 2, 2));
        bench.labelled("x", 0, "a");
        bench.labelled("y", 1, "a");
        bench.labelled("z", 2, "a");
        bench.labelled("x", 3, "a");

        assertThat(bench.scores).hasSize(4);
    }

    @Test
    void aClassBeyondTheBoundIsRefusedWhereverItsLabelComes() {
        bench.teach();
        bench.labelled("x", 40, "d");
        bench.sample("y", 41, "a");
        bench.label("y", 42, "e");

        assertThat(bench.refused)
                .extracting(DeadLetter::reason)
                .containsExactly(Reason.OVER_CAPACITY, Reason.OVER_CAPACITY);
        assertThat(bench.refused.get(0).message()).contains("'d'").contains("classes.most (3)");
        assertThat(bench.scores).filteredOn(score -> score.id().equals("x")).hasSize(1);
        bench.label("y", 43, "a");
        assertThat(bench.last().id()).as("y waited on").isEqualTo("y");
        assertThat(bench.last().label()).contains("a");
    }

    @Test
    void anEventFromFarAheadIsRefusedAndMovesNoClock() {
        bench.sample("x", 0, "a");
        bench.send(new Label("m", "x", Bench.START + 3_600_000, "a"), Bench.START);
        bench.label("x", 1, "a");

        assertThat(bench.refused).extracting(DeadLetter::reason).containsExactly(Reason.FUTURE);
        assertThat(bench.last().label()).contains("a");
    }

    @Test
    void anInputOfAnotherSizeIsRefused() {
        bench.send(new Sample("m", "x", Bench.START, new byte[3], Optional.empty()));

        assertThat(bench.refused).extracting(DeadLetter::reason).containsExactly(Reason.INVALID);
        assertThat(bench.refused.get(0).message()).contains("3 bytes").contains("24");
    }

    @Test
    void metricsTellAccuracyForgettingAndWhatIsStored() {
        bench.teach();
        for (int i = 0; i < 10; i++) {
            bench.labelled("a" + i, 100 + i, "a");
        }
        ClassifierMetrics metrics = bench.metricsAt(3000);

        assertThat(metrics.counts().samples()).isEqualTo(40);
        assertThat(metrics.counts().judged()).isEqualTo(40);
        long right = bench.scores.stream().filter(s -> s.correct().orElse(false)).count();
        assertThat(metrics.quality().accuracy()).isCloseTo(right / 40.0, within(1e-12));
        assertThat(metrics.quality().windowAccuracy()).isGreaterThan(0.8);
        assertThat(metrics.stored()).isEqualTo(12);
        assertThat(metrics.classes()).extracting("label").containsExactly("a", "b", "c");
        assertThat(metrics.classes().stream().mapToLong(c -> c.stored()).sum()).isEqualTo(12);
        assertThat(metrics.classes().get(0).judged()).isEqualTo(20);
        assertThat(metrics.classes().get(0).accuracy()).isEqualTo(1);
        assertThat(metrics.quality().forgetting()).isBetween(0.0, 1.0);
        assertThat(metrics.quality().rank()).isBetween(1.0, 6.0);
        assertThat(metrics.quality().loss()).isFinite();
        assertThat(metrics.modelVersion()).isPositive();
    }

    @Test
    void anUnfilledBatchIsLearnedAfterItsPatience() {
        bench.teach();
        bench.sample("x", 100, "a");
        long before = bench.last().modelVersion();
        bench.labelled("y", 200, "a");
        bench.sample("z", 5_201, "a");

        assertThat(bench.last().modelVersion()).isGreaterThan(before);
    }

    @Test
    void aPausedModelScoresAndJudgesButLearnsNothing() {
        bench.teach();
        bench.command(Verb.PAUSE, "", Double.NaN, 0);
        bench.sample("x", 40, "a");
        long version = bench.last().modelVersion();
        bench.restore();
        for (int i = 0; i < 12; i++) {
            bench.labelled("p" + i, 50 + i, "a");
        }
        bench.sample("y", 70, "a");
        assertThat(bench.last().modelVersion()).isEqualTo(version);
        assertThat(bench.metricsAt(3000).counts().judged()).isEqualTo(42);
        bench.command(Verb.RESUME, "", Double.NaN, 0);
        for (int i = 0; i < 12; i++) {
            bench.labelled("q" + i, 6000 + i, "a");
        }
        assertThat(bench.last().modelVersion()).isGreaterThan(version);
    }

    @Test
    void rateAndWeightsAreKeptOverARestoreAndMakeAnotherModel() throws Exception {
        bench.teach();
        byte[] plain = parametersAfterMore();
        bench(Bench.settings());
        bench.teach();
        bench.command(Verb.RATE, "", 0.5, 0);
        bench.restore();
        byte[] fast = parametersAfterMore();
        bench(Bench.settings());
        bench.teach();
        bench.command(Verb.RATE, "", 0.5, 0);
        bench.command(Verb.RATE, "", Double.NaN, 0);
        byte[] back = parametersAfterMore();

        assertThat(fast).isNotEqualTo(plain);
        assertThat(back).isEqualTo(plain);
    }

    @Test
    void weightsOfDistillationAreObeyed() throws Exception {
        bench(distilling());
        bench.teach();
        byte[] plain = parametersAfterMore();
        for (String term : ClassifierSettings.WEIGHTS) {
            bench(distilling());
            bench.teach();
            bench.command(Verb.WEIGHT, term, 7, 0);
            bench.restore();
            assertThat(parametersAfterMore()).as(term).isNotEqualTo(plain);
        }
    }

    private static ClassifierSettings distilling() {
        return Bench.settings()
                .with("encoder.kind", EncoderName.MLP)
                .with("encoder.mlp", new EncoderSizes.Mlp(List.of(5)))
                .with("distillation.trigger", ReplaySettings.Trigger.ALWAYS)
                .with("distillation.patience", 0);
    }

    private byte[] parametersAfterMore() {
        for (int i = 0; i < 12; i++) {
            bench.labelled("more" + i, 100 + i, i % 2 == 0 ? "a" : "b");
        }
        return bench.flushed().get("learner/parameters").orElseThrow();
    }

    @Test
    void aForgottenClassIsNoAnswerAndNoFigureAnyMore() {
        bench.teach();
        bench.label("early", 40, "b");
        bench.command(Verb.FORGET_CLASS, "b", Double.NaN, 0);
        bench.sample("x", 50, "b");

        assertThat(bench.last().ranked()).extracting("label").doesNotContain("b");
        ClassifierMetrics metrics = bench.metricsAt(3000);
        assertThat(metrics.classes()).extracting("label").containsExactly("a", "c");
        bench.sample("early", 6000, "b");
        assertThat(bench.last().label()).as("its label is forgotten, too").isEmpty();
    }

    @Test
    void allOfBeforeAMomentIsForgottenButWhatWasLearned() {
        bench.teach();
        bench.sample("x", 40, "a");
        bench.label("y", 41, "a");
        bench.command(Verb.FORGET_BEFORE, "", Double.NaN, Bench.START + 42);
        bench.restore();
        bench.label("x", 50, "a");
        bench.sample("z", 51, "a");

        assertThat(bench.refused).extracting(DeadLetter::reason).containsExactly(Reason.LATE);
        assertThat(bench.last().ranked().get(0).label()).isEqualTo("a");
        assertThat(bench.metricsAt(3000).stored()).isZero();
        assertThat(bench.flushed().names("early/")).containsExactly("early/none");
        assertThat(bench.flushed().names("replay/slot/")).isEmpty();
    }

    @Test
    void aModelRestoredAfterEveryEventEndsWithTheSameBytes() throws Exception {
        try (Bench whole = new Bench(Bench.settings())) {
            for (Bench one : new Bench[] {whole, bench}) {
                for (int i = 0; i < 60; i++) {
                    one.labelled("t" + i, 40L * i, "abc".substring(i % 3, i % 3 + 1));
                    one.sample("w" + i, 40L * i + 1, "a");
                    one.label("w" + (i - 2), 40L * i + 2, "a");
                    one.label("v" + (i + 1), 40L * i + 3, "b");
                    if (one == bench) {
                        bench.restore();
                    }
                }
            }
            assertThat(bench.scores).isEqualTo(whole.scores);
            assertThat(bench.metrics).usingRecursiveComparison().isEqualTo(whole.metrics);
            assertThat(bench.flushed().parts().keySet())
                    .isEqualTo(whole.flushed().parts().keySet());
            bench.flushed()
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(bytes)
                                            .as(part)
                                            .isEqualTo(whole.flushed().parts().get(part)));
        }
    }

    @Test
    void whatWaitsCountsAsMemory() {
        long empty = bench.bytes();
        bench.sample("x", 0, "a");

        assertThat(bench.bytes()).isGreaterThan(empty + 24);
    }

    @Test
    void aModelOfOtherInputsIsRefused() throws Exception {
        bench.teach();
        var store = bench.flushed();
        ClassifierSettings other = Bench.settings().with("input.features", 7);
        try (var shared = new ClassifierModels(other).open()) {
            assertThatThrownBy(() -> shared.load("m", store))
                    .isInstanceOf(IncompatibleLayoutException.class)
                    .hasMessageContaining("input")
                    .hasMessageContaining("features=7");
        }
    }
}
