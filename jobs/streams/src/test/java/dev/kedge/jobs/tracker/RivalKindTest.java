// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rivals see what the tracker that learns sees, made ready in the same way. */
class RivalKindTest {
    private static TrackerSettings settings(InputNormalisation normalisation) {
        return TrackerSettings.DEFAULT.with(
                "input", new TrackerSettings.Input(0, new ImageShape(1, 2, 2), normalisation));
    }

    private static StreamFrame frame(int... pixels) {
        byte[] crop = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            crop[i] = (byte) pixels[i];
        }
        Detection detection = Detection.of(crop, 0.9).withIdentity("a");
        return new StreamFrame("m", new VideoFrame("s", 1, 0, List.of(detection)), false);
    }

    /** A crop of 0, 0.2, 0.4 and 1, as the raw rival sees it. */
    private static float[] raw(InputNormalisation normalisation) {
        StreamFrame seen =
                RivalKind.RAW.seen(frame(0, 51, 102, 255), settings(normalisation).input());
        Detection detection = seen.frame().detections().get(0);
        assertThat(detection.identity()).isEqualTo("a");
        float[] values = new float[4];
        ByteBuffer.wrap(detection.input())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    @Test
    void rawCropsAreNormalisedAsTheLearnersAre() {
        assertThat(raw(InputNormalisation.NONE))
                .containsExactly(new float[] {-0.5f, -0.3f, -0.1f, 0.5f}, within(1e-6f));
        assertThat(raw(InputNormalisation.CENTRE))
                .containsExactly(new float[] {-0.4f, -0.2f, 0, 0.6f}, within(1e-6f));
        assertThat(raw(InputNormalisation.AUTO)).containsExactly(raw(InputNormalisation.CENTRE));
    }

    @Test
    void aFrozenEncoderSeesTheCropsAndNormalisesThemItself() {
        StreamFrame frame = frame(0, 51, 102, 255);
        TrackerSettings learned = settings(InputNormalisation.CENTRE);

        assertThat(RivalKind.FROZEN.seen(frame, learned.input())).isSameAs(frame);
        TrackerSettings frozen = RivalKind.FROZEN.settings(learned, 0.9);
        assertThat(frozen.input()).isEqualTo(learned.input());
        assertThat(frozen.encoder()).isEqualTo(learned.encoder());
        assertThat(frozen.association().matchThreshold()).isEqualTo(0.9);
    }

    @Test
    void aRawRivalIsGivenFeaturesWhateverBecomesOfTheLearnersCrops() {
        for (InputNormalisation normalisation : InputNormalisation.values()) {
            TrackerSettings raw = RivalKind.RAW.settings(settings(normalisation), 0.5);

            assertThat(raw.encoder().kind()).isEqualTo(EncoderName.IDENTITY);
            assertThat(raw.input().bytes()).isEqualTo(4 * Float.BYTES);
            assertThat(raw.input().normalised()).isEqualTo(InputNormalisation.NONE);
        }
    }
}
