// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobHealthTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final SteppedClock clock = new SteppedClock(START);
    private Instant checkpoint = START;
    private final JobHealth health = new JobHealth(clock);

    @Test
    void aJobWithDailyStatisticsIsNotStaleBetweenTheDays() {
        health.become(JobHealth.State.RUNNING);
        for (int day = 0; day < 4; day++) {
            Instant scored = scoresFor(Duration.ofMinutes(3));
            lag(4);
            for (int hour = 0; hour < 23; hour++) {
                clock.advance(Duration.ofHours(1));
                lag(4);
                assertThat(health.status(Optional.of(scored)).stale())
                        .as("day %d, hour %d", day, hour)
                        .isFalse();
            }
            clock.advance(Duration.ofMinutes(57));
        }
    }

    @Test
    void aJobThatWaitsLongerThanSeveralOfItsPausesIsStale() {
        health.become(JobHealth.State.RUNNING);
        Instant scored = START;
        for (int i = 0; i < 800; i++) {
            clock.advance(Duration.ofMinutes(2));
            scored = clock.instant();
            health.status(Optional.of(scored));
        }

        clock.advance(Duration.ofMinutes(6));
        assertThat(health.status(Optional.of(scored)).stale()).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(health.status(Optional.of(scored)).stale()).isTrue();
    }

    @Test
    void aJobThatIsNotKnownForADayIsStaleAfterMoreThanADay() {
        health.become(JobHealth.State.RUNNING);
        Instant scored = scoresFor(Duration.ofHours(1));

        clock.advance(Duration.ofHours(26));
        assertThat(health.status(Optional.of(scored)).stale()).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(health.status(Optional.of(scored)).stale()).isTrue();
    }

    @Test
    void aSilentJobIsStaleWhereRecordsWaitForMoreThanAMinute() {
        health.become(JobHealth.State.RUNNING);
        Instant scored = scoresFor(Duration.ofHours(1));
        lag(2);
        clock.advance(Duration.ofSeconds(20));
        lag(2);
        assertThat(health.status(Optional.of(scored)).stale()).as("marks only").isFalse();

        lag(3);
        clock.advance(Duration.ofSeconds(60));
        lag(3);
        assertThat(health.status(Optional.of(scored)).stale()).as("not for long").isFalse();

        clock.advance(Duration.ofSeconds(60));
        checkpoint = START;
        lag(3);
        assertThat(health.status(Optional.of(scored)).stale()).as("no checkpoint").isFalse();

        checkpoint = clock.instant();
        lag(3);

        assertThat(health.status(Optional.of(scored)).stale()).isTrue();

        scored = clock.instant();
        assertThat(health.status(Optional.of(scored)).stale()).as("scores again").isFalse();
    }

    /** A score every second; returns when the last came. */
    private Instant scoresFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            health.status(Optional.of(clock.instant()));
        }
        return clock.instant();
    }

    private void lag(long records) {
        health.measured(new JobHealth.Measures(Optional.of(checkpoint), OptionalLong.of(records)));
    }

    @Test
    void aJobThatHasNotScoredYetIsNotStale() {
        health.become(JobHealth.State.RUNNING);
        clock.advance(Duration.ofMinutes(1));

        assertThat(health.status(Optional.empty()).stale()).isFalse();
    }

    @Test
    void aStateLastsSinceItsBeginning() {
        health.become(JobHealth.State.RESTARTING, "first");
        clock.advance(Duration.ofSeconds(3));
        health.become(JobHealth.State.RESTARTING, "second");

        JobHealth.Status status = health.status(Optional.empty());
        assertThat(status.since()).isEqualTo(START);
        assertThat(status.message()).isEqualTo("second");
    }
}
