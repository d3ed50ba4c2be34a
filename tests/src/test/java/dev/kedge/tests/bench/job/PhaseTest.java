// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhaseTest {
    private static final long MILLI = 1_000_000;

    private final Phase phase = new Phase(List.of(event(11), event(12), event(13)));

    private static PlannedEvent event(long id) {
        return new PlannedEvent(new byte[0], new byte[0], id);
    }

    @Test
    void latencyCountsFromWhenAnEventWasDueToItsFirstScore() {
        phase.due(0, 0);
        phase.due(1, 100 * MILLI);
        phase.due(2, 250 * MILLI);
        phase.read(12, 130 * MILLI, 7);
        phase.read(12, 900 * MILLI, 9);
        phase.read(99, 900 * MILLI, 9);
        phase.read(11, 131 * MILLI, 6);

        assertThat(phase.await(Duration.ofMillis(1))).isFalse();
        assertThat(phase.missing()).isEqualTo(1);
        assertThat(phase.strangers()).isEqualTo(2);
        assertThat(phase.latencies(0, Long.MAX_VALUE)).containsExactly(131, 30);
        assertThat(phase.latencies(1, Long.MAX_VALUE)).containsExactly(30);
        assertThat(phase.writtenInOrder()).containsExactly(6, 7);
        assertThat(phase.worst(100)).containsExactly(131, 30, 0);
    }

    @Test
    void whatWasLateAfterAKillIsKnownByWhenItWasRead() {
        for (int i = 0; i < 3; i++) {
            phase.due(i, i * MILLI);
            phase.read(11 + i, (100 * i + 10) * MILLI, 50 + i);
        }

        assertThat(phase.await(Duration.ZERO)).isTrue();
        assertThat(phase.firstWrittenAfter(50)).isEqualTo(110 * MILLI);
        assertThat(phase.lastLateAfter(20 * MILLI, 150)).isEqualTo(210 * MILLI);
        assertThat(phase.lastLateAfter(20 * MILLI, 500)).isEqualTo(20 * MILLI);
    }

    @Test
    void quantilesAreTheLeastValueThatSoManyDoNotExceed() {
        double[] millis = LongStream.rangeClosed(1, 2000).mapToDouble(n -> 2001 - n).toArray();

        assertThat(Latency.of(millis)).isEqualTo(new Latency(2000, 1000, 1980, 1998, 2000));
        assertThat(Latency.of(new double[0]).p50()).isNaN();
    }
}
