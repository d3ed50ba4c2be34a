// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.ads.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.ads.creative.CreativeScore;
import dev.kedge.operators.ads.creative.CreativeScore.Action;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StopDateTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final double[] NONE = {};

    private static StopDate of(double days, double[] cuts, double... survival) {
        return StopDate.of(score(days, Action.WATCH, cuts, survival)).orElseThrow();
    }

    /** A score so many days after its launch. */
    private static CreativeScore score(
            double days, Action action, double[] cuts, double... survival) {
        CreativeScore like = Samples.score("a", Math.round(days * DAY), -5, action);
        return new CreativeScore(
                like.subject(),
                like.description(),
                like.at(),
                like.launchedAt(),
                like.cause(),
                new CreativeScore.Outlook(
                        0, cuts, new double[survival.length], survival, NONE, NONE),
                like.forecast(),
                like.advice(),
                like.totals(),
                like.latest(),
                like.version(),
                Optional.empty());
    }

    private static double days(OptionalLong at) {
        return (at.getAsLong() - Samples.LAUNCH) / (double) DAY;
    }

    @Test
    void isWhereTheSurvivalCurveFallsToTheQuantiles() {
        StopDate date = of(2, new double[] {2, 4, 6, 8}, 0.9, 0.5, 0.1, 0.05);

        assertThat(days(date.from())).isEqualTo(4);
        assertThat(days(date.median())).isEqualTo(6);
        assertThat(days(date.to())).isEqualTo(8);
        assertThat(days(OptionalLong.of(date.curveEnd()))).isEqualTo(10);
    }

    /** A hazard of 0.75 in two days is one of 0.5 in each of them. */
    @Test
    void withinAnIntervalTheHazardIsSpreadEvenly() {
        StopDate date = of(0, new double[] {0, 2}, 0.25, 0.0625);

        assertThat(days(date.median())).isCloseTo(1, within(1e-6));
        assertThat(days(date.to())).isCloseTo(Math.log(0.1) / Math.log(0.5), within(1e-6));
    }

    @Test
    void beginsAtTheAgeOfTheCreative() {
        StopDate date = of(3, new double[] {2, 4}, 0.5, 0.25);

        assertThat(days(date.median())).isEqualTo(4);
        assertThat(days(date.from())).isBetween(3.0, 4.0);
    }

    @Test
    void isOpenWhereTheCurveEndsBefore() {
        StopDate date = of(0, new double[] {0, 1, 3}, 0.95, 0.85, 0.7);

        assertThat(days(date.from())).isBetween(1.0, 3.0);
        assertThat(date.median()).isEmpty();
        assertThat(date.to()).isEmpty();
        assertThat(days(OptionalLong.of(date.curveEnd()))).isEqualTo(5);
    }

    @Test
    void isNowWhereNothingIsLeft() {
        StopDate date = of(1, new double[] {0, 2}, 0, 0);

        assertThat(days(date.from())).isEqualTo(1);
        assertThat(days(date.to())).isEqualTo(1);
    }

    @Test
    void ofWhatIsStoppedOrHasNoSoundCurveNothingIsSaid() {
        double[] cuts = {0, 1};

        assertThat(StopDate.of(score(0.5, Action.STOPPED, cuts, 0.5, 0.1))).isEmpty();
        assertThat(StopDate.of(score(0.5, Action.WATCH, cuts, 0.5, Double.NaN))).isEmpty();
        assertThat(StopDate.of(score(0.5, Action.WATCH, cuts, 0.5, 0.6))).isEmpty();
        assertThat(StopDate.of(score(0.5, Action.WATCH, NONE))).isEmpty();
        assertThat(StopDate.of(score(5, Action.WATCH, cuts, 0.5, 0.1))).isEmpty();
    }

    @Test
    void theSoonestIsFirstAndWhatIsPastTheCurvesEndIsLast() {
        StopDate soon = of(0, new double[] {0, 1}, 0.4, 0.1);
        StopDate late = of(0, new double[] {0, 300}, 0.9, 0.4);
        StopDate open = of(0, new double[] {0, 1}, 0.9, 0.8);

        assertThat(soon.rank()).isLessThan(late.rank());
        assertThat(late.rank()).isLessThan(open.rank());
    }
}
