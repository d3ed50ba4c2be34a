// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.ScoreDetail.Extent;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.RemainingDays;
import dev.kedge.operators.ads.creative.ModelMetrics;
import dev.kedge.operators.ads.creative.ModelMetrics.Coverage;
import dev.kedge.operators.ads.intervals.IntervalSettings;
import dev.kedge.operators.encoder.Fusion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A live model that says between which days creatives stop. */
class IntervalsModelTest {
    private static final DiscontinuationSettings ON =
            DiscontinuationSettings.DEFAULT
                    .with("calibration.interval", new IntervalSettings(true, 0.9, 500, 0.05, 4, 50))
                    .with("experts.enabled", false)
                    .with(
                            "network",
                            new DiscontinuationSettings.Network(
                                    2, 2, Fusion.CONCATENATED, List.of(6)))
                    .with("scores", new ScoreDetail(Extent.NEVER, Extent.NEVER, Extent.NEVER));
    private static final DiscontinuationSettings OFF =
            ON.with("calibration.interval.enabled", false);
    private static final String PART = "intervals";
    private static final int DAYS = 120;

    /** Three launches a day, whose creatives stop after one to twelve days. */
    private static Bench taught(DiscontinuationSettings settings, int until) {
        return goOn(new Bench(settings), 0, until);
    }

    private static Bench goOn(Bench bench, int from, int until) {
        for (int day = from; day < until; day++) {
            for (int i = 0; i < 3; i++) {
                String advertiser = "a" + (day * 3 + i) % 5;
                bench.send(Bench.launchedBy(name(day, i), day + 0.1 * i, advertiser, "words"));
            }
            for (int age = 1; age <= 12; age++) {
                for (int i = 0; i < 3; i++) {
                    if (age <= day && lasts(day - age, i) == age) {
                        bench.send(Bench.stopped(name(day - age, i), day + 0.5 + 0.01 * i));
                    }
                }
            }
        }
        return bench;
    }

    private static String name(int day, int i) {
        return "c" + day + "-" + i;
    }

    private static int lasts(int day, int i) {
        return 1 + (day * 7 + i * 5) % 12;
    }

    private static ModelMetrics last(Bench bench) {
        return bench.metrics.get(bench.metrics.size() - 1);
    }

    @Test
    void aColdModelSaysNothingAndOneThatKnowsEnoughDoes() {
        try (Bench bench = taught(ON, DAYS)) {
            List<CreativeScore> launches =
                    bench.scores.stream().filter(one -> one.cause() == Cause.LAUNCH).toList();

            assertThat(launches.subList(0, 50)).allMatch(one -> one.remainingDays().isEmpty());
            assertThat(launches.subList(200, launches.size()))
                    .allSatisfy(
                            one -> {
                                RemainingDays said = one.remainingDays().orElseThrow();
                                assertThat(said.level()).isEqualTo(0.9);
                                assertThat(said.low()).isBetween(0.0, 12.0);
                                assertThat(said.isOpen() || said.high() > said.low()).isTrue();
                            });
        }
    }

    @Test
    void theyHoldAndTheMetricsTellSo() {
        try (Bench bench = taught(ON, 3 * DAYS)) {
            Coverage launch = last(bench).coverage().get(0);
            Coverage later = last(bench).coverage().get(1);

            assertThat(launch.said()).isEqualTo("launch");
            assertThat(launch.judged()).isGreaterThan(900);
            assertThat(launch.held()).isCloseTo(0.9, within(0.03));
            assertThat(launch.lowestGroup()).isLessThanOrEqualTo(launch.held());
            assertThat(launch.highestGroup()).isGreaterThanOrEqualTo(launch.held());
            assertThat(later.said()).isEqualTo("later");
        }
    }

    @Test
    void theLastRecordOfACreativeSaysNothing() {
        try (Bench bench = taught(ON, DAYS)) {
            assertThat(bench.scores)
                    .filteredOn(one -> one.cause() == Cause.DISCONTINUATION)
                    .isNotEmpty()
                    .allMatch(one -> one.remainingDays().isEmpty());
        }
    }

    @Test
    void nothingElseOfAScoreChanges() {
        try (Bench on = taught(ON, 40);
                Bench off = taught(OFF, 40)) {
            assertThat(on.scores).hasSameSizeAs(off.scores);
            for (int i = 0; i < on.scores.size(); i++) {
                assertThat(on.scores.get(i))
                        .usingRecursiveComparison()
                        .ignoringFields("remainingDays")
                        .isEqualTo(off.scores.get(i));
            }
            assertThat(off.scores).allMatch(one -> one.remainingDays().isEmpty());
            assertThat(last(off).coverage()).isEmpty();
        }
    }

    @Test
    void aModelOfBeforeBeginsWithNothingKnown() {
        try (Bench before = taught(OFF, 60).flush();
                Bench bench = before.reopened(ON)) {
            assertThat(before.store.get(PART)).isEmpty();
            int soon = bench.scores.size();
            goOn(bench, 60, DAYS);

            assertThat(bench.scores.subList(soon, soon + 20))
                    .allMatch(one -> one.remainingDays().isEmpty());
            assertThat(bench.scores.stream().map(CreativeScore::remainingDays))
                    .anyMatch(Optional::isPresent);
            assertThat(bench.flush().store.get(PART)).isPresent();
        }
    }

    @Test
    void switchedOffAndOnAgainItGoesOnWithWhatItKnew() {
        try (Bench on = taught(ON, DAYS).flush();
                Bench off = on.reopened(OFF);
                Bench again = on.reopened(ON)) {
            off.send(Bench.launchedBy("asked", DAYS + 1, "a1", "words"));
            again.send(Bench.launchedBy("asked", DAYS + 1, "a1", "words"));
            on.send(Bench.launchedBy("asked", DAYS + 1, "a1", "words"));

            assertThat(off.lastScore().remainingDays()).isEmpty();
            assertThat(again.lastScore().remainingDays())
                    .isPresent()
                    .isEqualTo(on.lastScore().remainingDays());
        }
    }

    @Test
    void restartedAnywhereItEndsWithTheSameBytes() {
        try (Bench whole = taught(ON, 80).flush();
                Bench broken = new Bench(ON)) {
            for (int day = 0; day < 80; day += 5) {
                goOn(broken, day, day + 5).restart();
            }

            assertThat(broken.flush().store.get(PART).orElseThrow())
                    .isEqualTo(whole.store.get(PART).orElseThrow());
            assertThat(broken.scores.stream().map(CreativeScore::remainingDays))
                    .containsExactlyElementsOf(
                            whole.scores.stream().map(CreativeScore::remainingDays).toList());
        }
    }

    @Test
    void aStopThatComesTooLateIsNotJudged() {
        try (Bench bench = taught(ON, DAYS)) {
            bench.send(Bench.launchedBy("late", DAYS + 1, "a1", "words"));
            bench.send(Bench.launchedBy("clock", DAYS + 5, "a1", "words")).flush();
            byte[] before = bench.store.get(PART).orElseThrow();
            bench.send(Bench.stopped("late", DAYS + 1.1)).flush();

            assertThat(bench.lastScore().cause()).isEqualTo(Cause.DISCONTINUATION);
            assertThat(bench.store.get(PART).orElseThrow()).isEqualTo(before);
        }
    }
}
