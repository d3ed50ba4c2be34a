// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static dev.kedge.jobs.ads.board.Samples.LAUNCH;
import static dev.kedge.jobs.ads.board.Samples.metrics;
import static dev.kedge.jobs.ads.board.Samples.same;
import static dev.kedge.jobs.ads.board.Samples.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.page.DeadLetterCounts;
import dev.kedge.jobs.page.SteppedClock;
import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import dev.kedge.operators.ads.creative.CreativeScore.Advice;
import dev.kedge.operators.ads.creative.CreativeScore.Cause;
import dev.kedge.operators.ads.creative.CreativeScore.Contribution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreBoardTest {
    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final ScoreBoard board = new ScoreBoard(clock, 3);

    @Test
    void ofAHundredThousandModelsThePageKnowsTheFirst() {
        for (int i = 0; i < 100_000; i++) {
            board.accept(Samples.metrics("model " + i, 1, 0.5));
        }

        assertThat(board.metrics("model 0")).hasSize(1);
        assertThat(board.metrics("model 99999")).isEmpty();
        assertThat(board.accept(Samples.metrics("model 0", 2, 0.6))).isTrue();
        assertThat(board.metrics("model 0")).hasSize(2);
    }

    @Test
    void showsTheNewestScoreOfEachCreative() {
        board.accept(score("a", 1, -5));
        board.accept(score("a", 2, -1));

        assertThat(newest())
                .singleElement()
                .extracting(score -> score.forecast().risk())
                .isEqualTo(-1.0);
    }

    @Test
    void theNewestWordOnNearDuplicatesHoldsAndTheOldestLeaveFirst() {
        board.accept(same("a", 5, "a"));
        assertThat(board.accept(same("a", 4, "z"))).isFalse();
        assertThat(board.accept(same("a", 6, "b"))).isTrue();

        assertThat(board.duplicates("search", "a").orElseThrow().group()).isEqualTo("b");
        List.of("b", "c", "d").forEach(creative -> board.accept(same(creative, 7, creative)));
        assertThat(board.duplicates("search", "a")).isEmpty();
        assertThat(board.duplicates("search", "d")).isPresent();
    }

    @Test
    void aScoreThatIsDeliveredAgainChangesNothing() {
        board.accept(score("a", 1, -5));
        board.accept(score("a", 2, -4));
        ScoreBoard.Summary before = board.summary();

        assertThat(board.accept(score("a", 1, -5))).isFalse();
        assertThat(board.accept(score("a", 2, -4))).isFalse();
        assertThat(board.summary()).isEqualTo(before);
        assertThat(view("a").clickThrough()).hasSize(2);
    }

    @Test
    void theFinalScoreOfAMomentReplacesAnEarlierOneOfThatMoment() {
        board.accept(score("a", 1, -5));

        assertThat(board.accept(score("a", 1, 0, Action.STOPPED))).isTrue();
        assertThat(board.accept(score("a", 1, -5))).isFalse();
        assertThat(view("a").score().action()).isEqualTo(Action.STOPPED);
    }

    @Test
    void ranksByRiskWithStoppedCreativesLast() {
        board.accept(score("safe", 1, -9));
        board.accept(score("stopped", 1, 0, Action.STOPPED));
        board.accept(score("risky", 1, -1));

        assertThat(newest())
                .extracting(CreativeScore::creative)
                .containsExactly("risky", "safe", "stopped");
    }

    @Test
    void ranksWhatIsNotANumberBehindWhatIs() {
        board.accept(score("unknown", 1, Double.NaN));
        board.accept(score("safe", 1, -9));

        assertThat(newest()).extracting(CreativeScore::creative).containsExactly("safe", "unknown");
    }

    @Test
    void dropsTheOldestStoppedCreativeFirst() {
        board.accept(score("running", 1, -9));
        board.accept(score("first", 2, 0, Action.STOPPED));
        board.accept(score("second", 3, 0, Action.STOPPED));
        board.accept(score("new", 4, -2));

        assertThat(newest())
                .extracting(CreativeScore::creative)
                .containsExactly("new", "running", "second");
    }

    @Test
    void dropsTheLeastRecentlyScoredCreativeIfNoneIsStopped() {
        board.accept(score("a", 1, -1));
        board.accept(score("b", 2, -2));
        board.accept(score("c", 3, -3));
        board.accept(score("a", 4, -1));
        board.accept(score("d", 5, -4));

        assertThat(newest()).extracting(CreativeScore::creative).containsExactly("a", "c", "d");
    }

    @Test
    void keepsTheNewestClickThroughRatesOnly() {
        int more = CreativeHistory.MAX_POINTS + 5;
        IntStream.range(0, more).forEach(at -> board.accept(score("a", at, -1)));

        List<CreativeView.Point> points = view("a").clickThrough();
        assertThat(points).hasSize(CreativeHistory.MAX_POINTS);
        assertThat(points.get(0).at()).isEqualTo(LAUNCH + 5);
        assertThat(points.get(points.size() - 1).at()).isEqualTo(LAUNCH + more - 1);
    }

    @Test
    void takesClickThroughFromReportedPeriodsOnly() {
        board.accept(score("a", 1, -1));
        board.accept(new Samples("search", "a", "", 2, -1, Action.WATCH).score(Cause.INTERVAL));

        assertThat(view("a").clickThrough()).hasSize(1);
    }

    @Test
    void remembersEachChangeOfAction() {
        board.accept(score("a", 1, -1, Action.KEEP));
        board.accept(score("a", 2, -1, Action.KEEP));
        board.accept(score("a", 3, -1, Action.STOP));

        assertThat(view("a").actions())
                .extracting(CreativeView.Step::action)
                .containsExactly(Action.KEEP, Action.STOP);
    }

    @Test
    void anAdviceThatStaysKeepsTheContributionsThatItCameWith() {
        List<Contribution> text = List.of(new Contribution("text", 0.25));
        board.accept(explained(score("a", 1, -1, Action.KEEP), text));
        board.accept(explained(score("a", 2, -1, Action.KEEP), List.of()));

        assertThat(view("a").score().advice().contributions()).isEqualTo(text);
        assertThat(view("a").score().at()).isEqualTo(score("a", 2, -1).at());

        board.accept(explained(score("a", 3, -1, Action.STOP), List.of()));

        assertThat(view("a").score().advice().contributions()).isEmpty();
    }

    private static CreativeScore explained(CreativeScore score, List<Contribution> why) {
        Advice advice = score.advice();
        return new CreativeScore(
                score.subject(),
                score.description(),
                score.at(),
                score.launchedAt(),
                score.cause(),
                score.outlook(),
                score.forecast(),
                new Advice(
                        advice.action(),
                        advice.reason(),
                        advice.spendADay(),
                        advice.expectedWaste(),
                        why),
                score.totals(),
                score.latest(),
                score.version(),
                score.remainingDays());
    }

    @Test
    void metricsOfTheSameMomentReplaceThoseBefore() {
        board.accept(metrics("search", 1, 0.5));
        board.accept(metrics("search", 2, 0.6));
        board.accept(metrics("search", 2, 0.7));

        assertThat(board.accept(metrics("search", 1, 0.1))).isFalse();
        assertThat(board.metrics("search"))
                .extracting(metrics -> metrics.ranking().concordanceShort())
                .containsExactly(0.5, 0.7);
    }

    @Test
    void keepsABoundedNumberOfMetrics() {
        IntStream.range(0, ScoreBoard.MAX_METRICS + 3)
                .forEach(at -> board.accept(metrics("search", at, 0.5)));

        assertThat(board.metrics("search")).hasSize(ScoreBoard.MAX_METRICS);
        assertThat(board.metrics("search").get(0).at()).isEqualTo(3);
    }

    @Test
    void measuresScoresASecondOverTenSeconds() {
        IntStream.range(0, 30).forEach(at -> board.accept(score("a", at, -1)));
        clock.advance(Duration.ofSeconds(1));
        assertThat(board.summary().scoresPerSecond()).isEqualTo(3.0);

        clock.advance(Duration.ofSeconds(10));
        assertThat(board.summary().scoresPerSecond()).isZero();
    }

    @Test
    void countsDeadLettersForABoundedNumberOfReasons() {
        IntStream.range(0, DeadLetterCounts.MAX_REASONS + 7)
                .forEach(i -> board.deadLetter("reason " + i));
        board.deadLetter("reason 0");

        assertThat(board.summary().deadLetters())
                .hasSize(DeadLetterCounts.MAX_REASONS + 1)
                .containsEntry("reason 0", 2L)
                .containsEntry(DeadLetterCounts.OTHERS, 7L);
    }

    @Test
    void rejectsRoomForNoCreative() {
        assertThatThrownBy(() -> new ScoreBoard(clock, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxCreatives is 0");
    }

    private List<CreativeScore> newest() {
        return board.rank(Ranking.BY_RISK).scores();
    }

    private CreativeView view(String creative) {
        return board.find("search", creative).orElseThrow();
    }
}
