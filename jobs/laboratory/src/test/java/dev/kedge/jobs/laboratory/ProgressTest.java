// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private long now;

    @Test
    void timeLeftFollowsFromWhatWasLearnedHereAndNotFromWhatWasSkipped() {
        StudyProgress progress = new StudyProgress(100, 2, () -> now);
        assertThat(progress.left()).as("not known yet").isEmpty();
        progress.skip(50);
        for (int i = 0; i < 10; i++) {
            progress.step();
        }
        now = Duration.ofSeconds(5).toNanos();
        progress.runIsOver();

        assertThat(progress.share()).isCloseTo(0.6, within(1e-12));
        assertThat(progress.left()).contains(Duration.ofSeconds(20));
        assertThat(progress.runsOver()).isEqualTo(1);
    }
}
