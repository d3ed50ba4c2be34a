// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobHealthTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private final SteppedClock clock = new SteppedClock(START);
    private final JobHealth health = new JobHealth(clock);

    @Test
    void aRunningJobIsStaleAfterFifteenSilentSeconds() {
        health.become(JobHealth.State.RUNNING);
        clock.advance(Duration.ofSeconds(15));
        assertThat(health.status(Optional.of(START)).stale()).isFalse();

        clock.advance(Duration.ofSeconds(1));
        assertThat(health.status(Optional.of(START)).stale()).isTrue();
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
