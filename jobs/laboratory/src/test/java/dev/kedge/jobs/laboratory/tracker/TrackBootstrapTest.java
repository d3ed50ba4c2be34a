// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Instances of ten frames each, of which a tracker loses some half-way. */
class TrackBootstrapTest {
    private static final int FRAMES = 10;

    /** Instances whose track changes in the middle, the first of them all. */
    private static SeedGroup<TrackResult> losing(int lost, int instances) {
        TrackedSequence sequence = new TrackedSequence();
        long[] truth = LongStream.range(0, instances).toArray();
        double[] apart = new double[instances * instances];
        for (int i = 0; i < instances; i++) {
            apart[i * instances + i] = 1;
        }
        for (int frame = 0; frame < FRAMES; frame++) {
            long[] tracks = truth.clone();
            for (int i = 0; i < lost && frame >= FRAMES / 2; i++) {
                tracks[i] += instances;
            }
            sequence.add(truth, tracks, apart);
        }
        List<String> labels = List.of("losing " + lost);
        return new SeedGroup<>(
                List.of(TrackResult.of(labels, List.of(), false, 1, sequence, 0, 0)));
    }

    @Test
    void waysThatTrackAlikeDifferByNothingWhoeverComes() {
        assertThat(TrackBootstrap.of(losing(3, 20), losing(3, 20)))
                .isEqualTo(new TrackBootstrap(0, 0, 0));
    }

    /**
     * A loss is worth half an instance's frames. If one of twenty is lost, it comes k times with a
     * binomial probability of mean 1: 0.36 that it does not come, 0.95 to 0.98 that it comes at
     * most three times. What it loses, 5 frames, stays as a stranger's in either way.
     */
    @Test
    void aDifferenceThatOneInstanceMakesIsNotSure() {
        TrackBootstrap one = TrackBootstrap.of(losing(0, 20), losing(1, 20));

        assertThat(one.difference()).isCloseTo(1 - 195.0 / 200, within(1e-12));
        assertThat(one.low()).isCloseTo(1 - 2 * 200.0 / (200 + 205), within(1e-12));
        assertThat(one.high()).isBetween(2 * one.difference(), 4 * one.difference());
    }

    @Test
    void aDifferenceThatManyMakeIsSurer() {
        TrackBootstrap few = TrackBootstrap.of(losing(0, 20), losing(5, 20));
        TrackBootstrap many = TrackBootstrap.of(losing(0, 80), losing(20, 80));

        assertThat(many.difference()).isCloseTo(few.difference(), within(1e-12));
        assertThat(few.low()).isPositive().isLessThan(many.low());
        assertThat(few.high()).isGreaterThan(many.high());
        assertThat(many.low()).isLessThan(many.difference());
        assertThat(many.high()).isGreaterThan(many.difference());
    }

    @Test
    void theSameDrawsComeAgain() {
        assertThat(TrackBootstrap.of(losing(0, 20), losing(5, 20)))
                .isEqualTo(TrackBootstrap.of(losing(0, 20), losing(5, 20)));
    }
}
