// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.market;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.DiscontinuationSettings.Calibration;
import dev.kedge.operators.ads.DiscontinuationSettings.Evaluation;
import dev.kedge.operators.ads.DiscontinuationSettings.Heads;
import dev.kedge.operators.ads.DiscontinuationSettings.Network;
import dev.kedge.operators.ads.DiscontinuationSettings.Rehearsal;
import dev.kedge.operators.ads.DiscontinuationSettings.TermFactors;
import dev.kedge.operators.ads.OutcomeSettings.Causes;
import dev.kedge.operators.ads.calibration.Calibrator.Method;
import dev.kedge.operators.ads.creative.CreativeDiscontinued;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.CauseShare;
import dev.kedge.operators.ads.creative.CreativeScore.Horizon;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.creative.ModelMetrics.HorizonCalibration;
import dev.kedge.operators.ads.hazards.HeadPrecision;
import dev.kedge.operators.ads.hazards.PersonPeriodBatch;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.ads.policy.Policy;
import dev.kedge.operators.encoder.Fusion;
import dev.kedge.operators.stream.Command;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the ad model, each in a whole small market. */
class DiscontinuationVariantsTest {
    private static final DiscontinuationSettings BASE =
            DiscontinuationSettings.DEFAULT.with(
                    "evaluation", new Evaluation(100, Duration.ofDays(1)));
    private static final Rehearsal REHEARSAL = new Rehearsal(64, 4, 1);
    private static final String LAYERS = "learning.head-layers";
    private static final Policy COSTS =
            new Policy(
                    Policy.Rule.COSTS,
                    3,
                    0.5,
                    0.25,
                    500,
                    0,
                    List.of(),
                    new Policy.Costs(1, 0.1, 0.5, Duration.ofDays(1), Duration.ZERO, 5),
                    Policy.Steadiness.NONE);

    static Stream<Arguments> variants() {
        return Stream.of(
                Arguments.of("gated", BASE.with("network", gated())),
                Arguments.of("single head", BASE.with("learning.heads", Heads.SINGLE)),
                Arguments.of("layers of the heads", BASE.with(LAYERS, List.of(16, 8))),
                Arguments.of(
                        "learned factors of the terms",
                        BASE.with("learning.term-factors", TermFactors.LEARNED)),
                Arguments.of(
                        "single head with a layer",
                        BASE.with("learning.heads", Heads.SINGLE).with(LAYERS, List.of(16))),
                Arguments.of(
                        "competing causes",
                        BASE.with("causes", new Causes(List.of("performance", "budget")))),
                Arguments.of("rehearsal", BASE.with("rehearsal", REHEARSAL)),
                Arguments.of("costs and a budget", BASE.with("policy", COSTS)),
                Arguments.of("platt", BASE.with("calibration", quick(Method.PLATT))),
                Arguments.of("as it is", BASE.with("calibration", quick(Method.NONE))));
    }

    private static Network gated() {
        return new Network(8, 8, Fusion.GATED, List.of(16));
    }

    private static Calibration quick(Method method) {
        return new Calibration(method, 300, 5, 100, IntervalSettings.DEFAULT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void restoredAfterEveryRecordItEndsWithTheSameBytesAndScores(
            String name, DiscontinuationSettings settings) {
        try (Bench whole = new Bench(settings);
                Bench broken = new Bench(settings)) {
            for (CreativeEvent event : market(60, 8)) {
                whole.send(event);
                broken.send(event).restart();
            }
            whole.flush();

            assertThat(broken.store.parts().keySet()).isEqualTo(whole.store.parts().keySet());
            broken.store
                    .parts()
                    .forEach(
                            (part, bytes) ->
                                    assertThat(bytes)
                                            .as(part)
                                            .isEqualTo(whole.store.parts().get(part)));
            assertThat(broken.scores)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(whole.scores);
            assertThat(broken.metrics).containsExactlyElementsOf(whole.metrics);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void whatSeparatesCreativesIsLearned(String name, DiscontinuationSettings settings) {
        try (Bench bench = new Bench(settings)) {
            bench.sendAll(market(250, 9));
            ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);

            assertThat(last.ranking().concordanceShort()).isGreaterThan(0.75);
            assertThat(bench.metrics.get(20).embeddingRank()).isBetween(1.0, 64.0);
        }
    }

    @Test
    void aCauseIsToldFromTheOthersByWhatItIsDueTo() {
        DiscontinuationSettings settings =
                BASE.with("causes", new Causes(List.of("performance", "budget")));
        List<CreativeEvent> events = new ArrayList<>();
        for (CreativeEvent event : market(300, 10)) {
            boolean odd = event.creative().charAt(event.creative().length() - 1) % 2 == 1;
            events.add(
                    event instanceof CreativeDiscontinued stop && odd
                            ? new CreativeDiscontinued(
                                    stop.model(), stop.creative(), stop.at(), "moved away")
                            : event);
        }
        try (Bench bench = new Bench(settings)) {
            bench.sendAll(events);
            CreativeScore score = bench.lastScore();

            assertThat(score.forecast().causes())
                    .extracting(CauseShare::cause)
                    .containsExactly("performance", "budget", "other");
            double whole = score.forecast().horizons().get(3).probability();
            double sum =
                    score.forecast().causes().stream().mapToDouble(CauseShare::probability).sum();
            assertThat(sum).isCloseTo(whole, within(1e-9));
            assertThat(score.forecast().causes().get(1).probability())
                    .as("no budget ever ended")
                    .isLessThan(0.2 * whole);
        }
    }

    @Test
    void calibratedProbabilitiesFitBetterThanTheHazardsOwnAndRankAsThese() {
        DiscontinuationSettings settings = BASE.with("calibration", quick(Method.ISOTONIC));
        try (Bench bench = new Bench(settings)) {
            bench.sendAll(market(600, 11));
            ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);
            double error = 0;
            double rawError = 0;
            for (HorizonCalibration horizon : last.calibration()) {
                assertThat(horizon.judged()).isGreaterThan(300);
                error += horizon.error();
                rawError += horizon.rawError();
            }

            assertThat(error).isLessThan(rawError);
            for (CreativeScore score : bench.scores) {
                double before = 0;
                for (Horizon horizon : score.forecast().horizons()) {
                    assertThat(horizon.probability()).isBetween(before, 1.0);
                    before = horizon.probability();
                }
            }
        }
    }

    @Test
    void whatIsForgottenLeavesNoForecastAndNoRehearsedPeriod() {
        DiscontinuationSettings settings = BASE.with("rehearsal", REHEARSAL);
        try (Bench bench = new Bench(settings)) {
            bench.sendAll(market(30, 12));
            bench.obey(new Command(Command.Verb.FORGET_ADVERTISER, Bench.MODEL, "acme", 0, 0, 0));
            bench.flush();

            assertThat(bench.store.names("replay/slot/")).isEmpty();
            assertThat(bench.store.names("ledger/")).isEmpty();
            String calibration =
                    new String(
                            bench.store.get("calibration").orElseThrow(),
                            StandardCharsets.ISO_8859_1);
            assertThat(calibration).doesNotContain("c29");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void theBandHoldsTheCurve(String name, DiscontinuationSettings settings) {
        try (Bench bench = new Bench(settings)) {
            bench.sendAll(market(100, 13));
            for (CreativeScore score : bench.scores) {
                for (int i = 0; i < score.outlook().survival().length; i++) {
                    assertThat(score.outlook().lower()[i])
                            .isBetween(0.0, score.outlook().survival()[i]);
                    assertThat(score.outlook().upper()[i])
                            .isBetween(score.outlook().survival()[i], 1.0);
                }
            }
        }
    }

    @Test
    void whatWasSeenOftenIsKnownBetter() {
        HeadPrecision precision = new HeadPrecision(2, 2);
        PersonPeriodBatch batch = new PersonPeriodBatch(1, 0);
        batch.outcome(batch.add(new int[0], new int[0], new float[0]), 1, -1, 1);
        float[] seen = {1, 0};
        float[] unseen = {0, 1};
        double before = precision.variance(1, seen, 0);
        for (int i = 0; i < 400; i++) {
            precision.learn(batch, 1, column -> seen, new double[] {0.5, 0.5});
        }

        assertThat(precision.variance(1, seen, 0)).isLessThan(0.2 * before);
        assertThat(precision.variance(1, unseen, 0))
                .as("only the bias is known")
                .isBetween(0.5 * before, 0.6 * before);
        assertThat(precision.variance(0, seen, 0)).as("another interval").isEqualTo(before);
    }

    @Test
    void adviceToStopIsCountedOnceASpellAndReckonedByWhatCameOfIt() {
        Policy policy =
                new Policy(
                        Policy.Rule.THRESHOLDS,
                        3,
                        0.5,
                        0.25,
                        1000,
                        0,
                        List.of(),
                        new Policy.Costs(1, 0.2, 2, Duration.ofDays(1), Duration.ZERO, 0),
                        Policy.Steadiness.NONE);
        try (Bench bench = new Bench(BASE.with("policy", policy))) {
            bench.sendAll(market(300, 14));
            ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);
            ModelMetrics.Decisions decisions = last.decisions();
            List<Fate> fates = fates(bench, last.at());

            assertThat(decisions.advised()).isEqualTo(fates.size()).isPositive();
            assertThat(decisions.stopped()).isEqualTo(fates.stream().filter(Fate::ended).count());
            assertThat(decisions.running())
                    .isEqualTo(fates.stream().filter(fate -> !fate.ended()).count());
            List<Fate> right =
                    fates.stream().filter(fate -> fate.ended() && fate.days() <= 3).toList();
            List<Fate> wrong = fates.stream().filter(fate -> fate.days() > 3).toList();
            double saved = right.stream().mapToDouble(Fate::spent).sum();
            double lost = wrong.stream().mapToDouble(Fate::spent).sum();
            assertThat(decisions.right()).isEqualTo(right.size()).isPositive();
            assertThat(decisions.wrong()).isEqualTo(wrong.size()).isPositive();
            assertThat(decisions.open()).isEqualTo(fates.size() - right.size() - wrong.size());
            assertThat(decisions.avoidable()).isCloseTo(saved, within(1e-6));
            assertThat(decisions.lost()).isCloseTo(lost, within(1e-6));
            assertThat(decisions.worth())
                    .isCloseTo(saved - 0.2 * lost - 2 * wrong.size(), within(1e-6));
        }
    }

    /** What came of the first advice to stop: days until the end or now, and money spent. */
    private record Fate(double days, boolean ended, double spent) {}

    /** The metrics are told ahead of what the event at their time says. */
    private static List<Fate> fates(Bench bench, long until) {
        Map<String, List<CreativeScore>> bySpell = new LinkedHashMap<>();
        bench.scores.stream()
                .filter(s -> s.at() < until)
                .forEach(
                        s ->
                                bySpell.computeIfAbsent(
                                                s.creative() + '/' + s.spell(),
                                                key -> new ArrayList<>())
                                        .add(s));
        List<Fate> fates = new ArrayList<>();
        for (List<CreativeScore> said : bySpell.values()) {
            CreativeScore last = said.get(said.size() - 1);
            boolean ended = last.action() == Action.STOPPED;
            said.stream()
                    .filter(s -> s.action() == Action.STOP || s.action() == Action.REFRESH)
                    .findFirst()
                    .ifPresent(
                            first ->
                                    fates.add(
                                            new Fate(
                                                    ((ended ? last.at() : until) - first.at())
                                                            / 86_400_000.0,
                                                    ended,
                                                    last.totals().spend()
                                                            - first.totals().spend())));
        }
        return fates;
    }

    @Test
    void aPolicyThatLooksFurtherThanTheJobIsRefusedByName() {
        Policy far =
                new Policy(
                        Policy.Rule.THRESHOLDS,
                        60,
                        0.5,
                        0.25,
                        0,
                        0,
                        List.of(),
                        Policy.Costs.DEFAULT,
                        Policy.Steadiness.NONE);

        assertThatThrownBy(() -> BASE.with("policy", far))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "policy.horizon: 60.0 is not allowed; it must be at most the longest of horizons (30.0)");
    }
}
