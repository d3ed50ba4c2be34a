// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static dev.kedge.operators.ads.Bench.again;
import static dev.kedge.operators.ads.Bench.launched;
import static dev.kedge.operators.ads.Bench.launchedBy;
import static dev.kedge.operators.ads.Bench.lost;
import static dev.kedge.operators.ads.Bench.market;
import static dev.kedge.operators.ads.Bench.statistics;
import static dev.kedge.operators.ads.Bench.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeContent;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.ads.creative.CreativeLaunched;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.stream.DeadLetter.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscontinuationModelTest {
    private final Bench bench = sibling();

    private static Bench sibling() {
        return new Bench(
                DiscontinuationSettings.DEFAULT.with(
                        "evaluation",
                        new DiscontinuationSettings.Evaluation(100, Duration.ofDays(1))));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anEventThatLeapsYearsAheadClosesABoundedNumberOfIntervalsAndLaterOnesTheOthers() {
        try (Bench bench = new Bench(DiscontinuationSettings.DEFAULT)) {
            for (int i = 0; i < 40; i++) {
                bench.send(launched("c" + i, 0.001 * i, "weak"));
            }
            long steps = bench.scores.size();
            bench.send(launched("late", 26_000, "weak"));
            long first = bench.scores.size() - steps;
            bench.send(launched("later", 26_000.1, "weak"));
            long second = bench.scores.size() - steps - first;

            assertThat(first).isEqualTo(DiscontinuationModel.MAX_DUE + 1);
            assertThat(second).isBetween(2L, DiscontinuationModel.MAX_DUE + 1L);
            assertThat(bench.refused).isEmpty();
        }
    }

    @Test
    void aNewCreativeIsScoredAtTheBaseHazardBeforeAnythingWasLearned() {
        bench.send(launched("c", 0, "x"));

        CreativeScore score = bench.lastScore();
        assertThat(score.cause()).isEqualTo(Cause.LAUNCH);
        assertThat(score.outlook().interval()).isZero();
        assertThat(score.outlook().hazard()).hasSize(25);
        assertThat(Arrays.stream(score.outlook().hazard())).allMatch(h -> h > 0.005 && h < 0.4);
        assertThat(score.version().modelVersion()).isZero();
        for (int i = 0; i < score.outlook().survival().length; i++) {
            double before = i == 0 ? 1 : score.outlook().survival()[i - 1];
            assertThat(score.outlook().survival()[i])
                    .isCloseTo(before * (1 - score.outlook().hazard()[i]), within(1e-12));
        }
        assertThat(score.forecast().horizons().get(0).probability())
                .isCloseTo(score.outlook().hazard()[0], within(1e-12));
    }

    @Test
    void whatSeparatesCreativesIsLearnedInOnePass() {
        bench.sendAll(market(400, 1));

        bench.send(launched("new-weak", 100, "weak"));
        double weak = bench.lastScore().forecast().cutOut();
        bench.send(launched("new-strong", 100, "strong"));
        double strong = bench.lastScore().forecast().cutOut();

        assertThat(weak).isGreaterThan(0.8);
        assertThat(strong).isLessThan(0.5);
        ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);
        // Lives are random within the two kinds: who knows the kind and no more reaches 0.75.
        assertThat(last.ranking().concordanceAll()).isBetween(0.65, 0.8);
        assertThat(last.ranking().concordanceShort()).isGreaterThan(0.7);
        double rate = (double) last.learned().discontinuations() / last.learned().personPeriods();
        double entropy = -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
        assertThat(last.learned().loss())
                .as("better than knowing the rate alone")
                .isLessThan(entropy);
    }

    @Test
    void whatHappensLaterNeverChangesAnEarlierScore() {
        List<CreativeEvent> events = market(60, 2);
        int half = events.size() / 2;
        bench.sendAll(events.subList(0, half));
        List<CreativeScore> before = List.copyOf(bench.scores);

        try (Bench other = sibling()) {
            other.sendAll(events.subList(0, half));
            other.sendAll(market(60, 3).subList(half, half + 100));
            assertThat(other.scores.subList(0, before.size()))
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(before);
        }
    }

    @Test
    void aModelThatIsRestoredAfterEveryRecordEndsWithTheSameBytesAndScores() {
        List<CreativeEvent> events = market(60, 4);
        bench.sendAll(events).flush();

        try (Bench restless = sibling()) {
            for (CreativeEvent event : events) {
                restless.send(event).restart();
            }
            restless.flush();
            assertThat(restless.store.parts().keySet()).isEqualTo(bench.store.parts().keySet());
            restless.store
                    .parts()
                    .forEach(
                            (name, bytes) ->
                                    assertThat(bytes)
                                            .as(name)
                                            .isEqualTo(bench.store.parts().get(name)));
            assertThat(restless.scores)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(bench.scores);
        }
    }

    @Test
    void aCheckpointHoldsOnlyTheEntriesThatChanged() {
        bench.sendAll(market(60, 5)).flush();
        List<String> entries = new ArrayList<>(bench.store.names("ledger/"));
        entries.forEach(bench.store::remove);

        bench.send(launched("late", 60, "x")).flush();

        assertThat(bench.store.names("ledger/"))
                .contains("ledger/late")
                .hasSizeLessThan(entries.size());
    }

    @Test
    void aDiscontinuationIsTheFinalRecordOfASpell() {
        bench.send(launched("c", 0, "x")).send(stopped("c", 1.5));

        assertThat(bench.lastScore().action()).isEqualTo(Action.STOPPED);
        assertThat(bench.lastScore().cause()).isEqualTo(Cause.DISCONTINUATION);
        assertThat(bench.lastScore().outlook().interval()).isEqualTo(1);
    }

    @Test
    void aCreativeThatIsNoLongerObservedIsCensoredAndItsEndIsNotLearned() {
        bench.send(launched("lost", 0, "x")).send(launched("known", 0, "x"));
        bench.send(lost("lost", 2.5)).send(stopped("known", 2.6)).send(launched("d", 9, "x"));

        ModelMetrics last = bench.metrics.get(bench.metrics.size() - 1);
        assertThat(last.learned().discontinuations()).isEqualTo(1);
        assertThat(last.learned().personPeriods())
                .as("days 0 and 1 of both, day 2 of one")
                .isEqualTo(5);
        assertThat(last.ranking().judged()).isEqualTo(2);
        assertThat(last.ranking().unknownShare()).isEqualTo(0.5);
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void theAdvertisersPastSeparatesItsNextCreatives() {
        for (int i = 0; i < 150; i++) {
            bench.send(launchedBy("brief" + i, 2 * i, "brief", "c" + i));
            bench.send(launchedBy("long" + i, 2 * i, "long", "d" + i));
            bench.send(stopped("brief" + i, 2 * i + 1.5));
            if (i >= 10) {
                bench.send(stopped("long" + (i - 10), 2 * i + 1.8));
            }
        }
        bench.send(launchedBy("next-brief", 300, "brief", "e"));
        CreativeScore brief = bench.lastScore();
        bench.send(launchedBy("next-long", 300, "long", "f"));

        assertThat(bench.lastScore().forecast().expectedDays())
                .isGreaterThan(3 * brief.forecast().expectedDays());
        assertThat(brief.advice().contributions())
                .filteredOn(part -> part.group().equals("advertiser's past"))
                .singleElement()
                .satisfies(part -> assertThat(part.change()).isGreaterThan(0.02));
    }

    @Test
    void aReactivatedCreativeRunsANewSpellFromItsStart() {
        bench.send(launched("c", 0, "x")).send(stopped("c", 1.5)).send(again("c", 9));

        assertThat(bench.lastScore().cause()).isEqualTo(Cause.REACTIVATION);
        assertThat(bench.lastScore().spell()).isEqualTo(1);
        assertThat(bench.lastScore().outlook().interval()).isZero();
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void aCreativeWithoutStatisticsIsScoredWhenAnIntervalBegins() {
        bench.send(launched("c", 0, "x")).send(launched("d", 1.5, "x"));

        CreativeScore score = bench.scores.get(1);
        assertThat(score.creative()).isEqualTo("c");
        assertThat(score.cause()).isEqualTo(Cause.INTERVAL);
        assertThat(score.outlook().interval()).isEqualTo(1);
        assertThat(score.at()).isEqualTo(Bench.at(1));
    }

    @Test
    void aCreativeFirstSeenInItsThirdWeekIsAtRiskFromThereOn() {
        bench.send(launched("now", 30, "x")).send(launched("old", 12, "x"));

        assertThat(bench.refused).isEmpty();
        bench.send(stopped("old", 29));
        assertThat(bench.refused).isEmpty();
        bench.send(launched("older", 12, "x")).send(stopped("older", 25));
        assertThat(bench.lastRefusal().reason()).as("day 13 was over").isEqualTo(Reason.LATE);
    }

    @Test
    void duplicateStatisticsAreDroppedAndCounted() {
        bench.send(launched("c", 0, "x"));
        bench.send(statistics("c", 1.1, 0, 1000, 5)).send(statistics("c", 1.2, 0, 1000, 5));
        bench.send(launched("d", 4, "x"));

        assertThat(bench.scores.stream().filter(s -> s.cause() == Cause.STATISTICS)).hasSize(1);
        assertThat(bench.metrics.get(bench.metrics.size() - 1).duplicates()).isEqualTo(1);
        assertThat(bench.refused).isEmpty();
    }

    @Test
    void statisticsWithinTheLatenessAreTakenAndLaterOnesAreRefused() {
        bench.send(launched("c", 0, "x")).send(launched("d", 3, "x"));

        bench.send(statistics("c", 2.9, 1, 1000, 5));
        assertThat(bench.refused).isEmpty();
        assertThat(bench.lastScore().totals().clicks()).isEqualTo(5);

        bench.send(statistics("c", 2.5, 0, 1000, 5));
        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.LATE);
        assertThat(bench.lastRefusal().message()).contains("at:").contains("lateness");
    }

    @Test
    void statisticsOfAPeriodThatHasNotEndedAreRefused() {
        bench.send(launched("c", 0, "x")).send(statistics("c", 1.5, 1, 10, 0));

        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.FUTURE);
    }

    @Test
    void anEventAheadOfItsRecordIsRefusedAndDoesNotMoveTheClock() {
        bench.send(launched("c", 0, "x"));
        int scored = bench.scores.size();
        bench.sendProduced(launched("d", 400, "x"), Bench.at(0.1));

        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.FUTURE);
        assertThat(bench.scores).hasSize(scored);
    }

    @Test
    void anUnknownCreativeIsRefused() {
        bench.send(statistics("nobody", 1, 0, 10, 1));
        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.UNKNOWN_CREATIVE);
        bench.send(stopped("nobody", 1));
        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.UNKNOWN_CREATIVE);
    }

    @Test
    void aCreativeIsDiscontinuedOnce() {
        bench.send(launched("c", 0, "x")).send(stopped("c", 1)).send(stopped("c", 1.1));

        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.ALREADY_DISCONTINUED);
        assertThat(bench.lastRefusal().original()).containsExactly(1);
    }

    @Test
    void aCreativeIsLaunchedOnce() {
        bench.send(launched("c", 0, "x")).send(launched("c", 0.5, "x"));
        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.ALREADY_RUNNING);

        bench.send(stopped("c", 1)).send(launched("c", 1.5, "x"));
        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.ALREADY_DISCONTINUED);
    }

    @Test
    void aDiscontinuationBeforeTheLaunchIsRefused() {
        bench.send(launched("c", 1, "x")).send(stopped("c", 0.9));

        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.INVALID);
    }

    @Test
    void aDiscontinuationInAClosedIntervalStopsTheCreativeAndSaysThatItsEndWasNotLearned() {
        bench.send(launched("c", 0, "x")).send(launched("d", 5, "x")).send(stopped("c", 1.5));

        assertThat(bench.lastRefusal().reason()).isEqualTo(Reason.LATE);
        assertThat(bench.lastScore().action()).isEqualTo(Action.STOPPED);
    }

    @Test
    void theContributionsNameWhatTheModelReads() {
        bench.sendAll(market(100, 6));
        CreativeScore score = bench.lastScore();

        assertThat(score.advice().contributions())
                .extracting(CreativeScore.Contribution::group)
                .containsExactlyInAnyOrder(
                        "text",
                        "categories",
                        "delivery",
                        "click-through",
                        "timing",
                        "advertiser's past");
        assertThat(score.advice().contributions().get(0).change()).isNotZero();
    }

    @Test
    void theCurrencyOfALaunchIsKeptAndLeavesWithEachScoreAndTeachesNothing() {
        CreativeLaunched launch = launched("c", 0, "x");
        CreativeContent priced = launch.content().withCurrency("EUR");
        bench.send(new CreativeLaunched(launch.model(), "c", launch.at(), priced));
        CreativeScore atLaunch = bench.lastScore();
        bench.restart().send(statistics("c", 1, 0, 1000, 20));
        CreativeScore reported = bench.lastScore();

        assertThat(atLaunch.description().currency()).isEqualTo("EUR");
        assertThat(reported.cause()).isEqualTo(Cause.STATISTICS);
        assertThat(reported.description().currency()).isEqualTo("EUR");
        try (Bench other = sibling()) {
            other.send(launch).restart().send(statistics("c", 1, 0, 1000, 20));
            assertThat(other.lastScore().description().currency()).isEmpty();
            assertThat(other.lastScore())
                    .usingRecursiveComparison()
                    .ignoringFields("description.currency")
                    .isEqualTo(reported);
        }
    }

    @Test
    void emptyAndHugeAndRightToLeftTextsAreScored() {
        List<String> texts = List.of("", "x".repeat(60_000), "مرحبا بالعالم", "🎉🎊", "\u0000");
        for (int i = 0; i < texts.size(); i++) {
            bench.send(launched("c" + i, 0, texts.get(i)));
        }

        assertThat(bench.scores).hasSize(5);
        assertThat(bench.refused).isEmpty();
    }
}
