// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.random.RestorableRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudoClipsTest {
    private static final int WIDTH = 2000;

    private final RestorableRandom random = RestorableRandom.seeded(2);

    @Test
    void featuresAreDisturbedInProportionToTheirSize() {
        float[] features = new float[WIDTH];
        Arrays.fill(features, 10);
        float[] view = view(PseudoClips.ofFeatures(0.2, 0), features);
        double square = 0;
        double sum = 0;
        for (float value : view) {
            sum += value - 10;
            square += (value - 10.0) * (value - 10.0);
        }

        assertThat(sum / WIDTH).isCloseTo(0, within(0.2));
        assertThat(Math.sqrt(square / WIDTH)).isCloseTo(2, within(0.15));
    }

    @Test
    void someFeaturesAreLeftOut() {
        float[] features = new float[WIDTH];
        Arrays.fill(features, 3);
        float[] view = view(PseudoClips.ofFeatures(0, 0.25), features);
        int dropped = 0;
        for (float value : view) {
            assertThat(value).isIn(0f, 3f);
            dropped += value == 0 ? 1 : 0;
        }

        assertThat(dropped / (double) WIDTH).isCloseTo(0.25, within(0.04));
    }

    @Test
    void aStillClipShowsTheItemItself() {
        byte[] item = {1, 2};

        assertThat(PseudoClips.STILL.begin(random).next(item, List.of(), random)).isSameAs(item);
    }

    @Test
    void valuesThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PseudoClips.ofFeatures(-1, 0))
                .withMessageContaining("pseudo-clips.noise: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PseudoClips.ofFeatures(0, 1))
                .withMessageContaining("pseudo-clips.dropout: 1.0");
    }

    private float[] view(PseudoClips clips, float[] features) {
        byte[] view = clips.begin(random).next(InputForm.encode(features), List.of(), random);
        float[] values = new float[features.length];
        ByteBuffer.wrap(view).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }
}
