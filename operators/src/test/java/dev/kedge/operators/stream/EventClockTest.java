// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import org.junit.jupiter.api.Test;

class EventClockTest {
    @Test
    void eventTimeNeverGoesBack() {
        EventClock clock = new EventClock();
        clock.see(20);
        clock.see(10);

        assertThat(clock.newest()).isEqualTo(20);
    }

    @Test
    void metricsAreDueOnceForEachStretchHoweverManyWentBy() {
        EventClock clock = new EventClock();
        clock.see(100);
        assertThat(clock.metricsAreDue(10)).isFalse();
        clock.see(109);
        assertThat(clock.metricsAreDue(10)).isFalse();
        clock.see(135);
        assertThat(clock.metricsAreDue(10)).isTrue();
        clock.see(139);
        assertThat(clock.metricsAreDue(10)).isFalse();
        clock.see(140);
        assertThat(clock.metricsAreDue(10)).isTrue();
    }

    @Test
    void aRestoredClockGoesOnAsIfNothingHappened() {
        LearningClock clock = new LearningClock();
        clock.see(100);
        clock.metricsAreDue(10);
        clock.see(90);
        clock.learned(90);
        LearningClock restored = new LearningClock();
        restored.read(Envelope.open(bytes(clock), Family.TRACKER_PROGRESS, 1));

        assertThat(restored.newest()).isEqualTo(100);
        assertThat(restored.arrival()).isEqualTo(2);
        assertThat(restored.newestLearned(0)).isEqualTo(90);
        restored.see(110);
        assertThat(restored.metricsAreDue(10)).isTrue();
    }

    @Test
    void beforeAnythingIsLearnedTheOtherMomentIsTold() {
        LearningClock clock = new LearningClock();
        clock.see(100);

        assertThat(clock.newestLearned(7)).isEqualTo(7);
    }

    private static byte[] bytes(LearningClock clock) {
        BinaryWriter out = new BinaryWriter(32);
        clock.write(out);
        return Envelope.seal(Family.TRACKER_PROGRESS, 1, out);
    }
}
