// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.ads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Forecasts of two experts, of one column. */
class ExpertForecastsTest {
    private final ExpertForecasts forecasts = new ExpertForecasts();

    private void say(int interval, double first) {
        forecasts.next(interval, new double[] {first, -first}, 1, 0);
    }

    @Test
    void anIntervalThatIsNotClosedYetKeepsItsForecastWhileTheNextIsForetold() {
        say(1, 0.5);
        say(2, 0.75);

        assertThat(forecasts.knowsNext(1, 2)).isTrue();
        assertThat(forecasts.next(1, 0)).isEqualTo(0.5);
        assertThat(forecasts.next(2, 1)).isEqualTo(-0.75);
    }

    @Test
    void theNewestForecastOfAnIntervalCounts() {
        say(1, 0.5);
        say(1, 0.25);

        assertThat(forecasts.next(1, 0)).isEqualTo(0.25);
    }

    @Test
    void whatComesAfterALaterIntervalWasForetoldIsLeftOut() {
        say(1, 0.5);
        say(3, 0.5);
        say(1, 0.25);
        say(2, 0.25);

        assertThat(forecasts.next(1, 0)).isEqualTo(0.5);
        assertThat(forecasts.knowsNext(2, 2)).isFalse();
    }

    @Test
    void aClosedIntervalIsForgottenAndThoseBeforeIt() {
        say(1, 0.5);
        say(2, 0.25);
        say(3, 0.75);

        forecasts.closed(2);

        assertThat(forecasts.knowsNext(2, 2)).isFalse();
        assertThat(forecasts.next(3, 1)).isEqualTo(-0.75);
        forecasts.closed(3);
        assertThat(forecasts.isEmpty()).isTrue();
    }

    /** Which are kept must not depend on what comes later: the first ones are. */
    @Test
    void ofMoreThanEightThatWaitTheFirstAreKept() {
        for (int interval = 1; interval <= 9; interval++) {
            say(interval, 0.5);
        }

        assertThat(forecasts.knowsNext(8, 2)).isTrue();
        assertThat(forecasts.knowsNext(9, 2)).isFalse();
        forecasts.closed(1);
        say(10, 0.5);
        assertThat(forecasts.knowsNext(10, 2)).isTrue();
    }
}
