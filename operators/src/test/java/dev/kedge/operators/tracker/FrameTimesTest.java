// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.state.binary.BinaryReader;
import dev.kedge.state.binary.BinaryWriter;
import dev.kedge.state.binary.Envelope;
import dev.kedge.state.binary.Family;
import org.junit.jupiter.api.Test;

class FrameTimesTest {
    private final FrameTimes times = new FrameTimes();

    @Test
    void theFirstFrameSinceAMomentIsFound() {
        times.add(3, 100);
        times.add(4, 200);

        assertThat(times.firstSince(50)).isEqualTo(3);
        assertThat(times.firstSince(100)).isEqualTo(3);
        assertThat(times.firstSince(101)).isEqualTo(4);
        assertThat(times.firstSince(201)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void alongPastIsKnownCoarselyAndNeverTooEarly() {
        for (long frame = 0; frame < 10_000; frame++) {
            times.add(frame, 10 * frame);
        }

        for (long at = 0; at < 90_000; at += 777) {
            long exact = (at + 9) / 10;
            assertThat(times.firstSince(at)).isBetween(exact, exact + 64);
        }
    }

    @Test
    void readBackItGoesOnTheSame() {
        for (long frame = 0; frame < 300; frame++) {
            times.add(frame, frame);
        }
        byte[] bytes = written(times);
        FrameTimes read = FrameTimes.read(Envelope.open(bytes, Family.STREAM_FEED, 1));
        for (long frame = 300; frame < 900; frame++) {
            times.add(frame, frame);
            read.add(frame, frame);
        }

        assertThat(written(read)).isEqualTo(written(times));
    }

    private static byte[] written(FrameTimes times) {
        BinaryWriter out = new BinaryWriter(64);
        times.write(out);
        return Envelope.seal(Family.STREAM_FEED, 1, out);
    }

    @Test
    void nothingIsLeftOver() {
        times.add(1, 2);
        BinaryReader in = Envelope.open(written(times), Family.STREAM_FEED, 1);
        FrameTimes.read(in);
        in.requireEnd();
    }
}
