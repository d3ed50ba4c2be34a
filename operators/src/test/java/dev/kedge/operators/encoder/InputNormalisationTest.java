// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputNormalisationTest {
    /** A batch of one row, normalised while it is added. */
    private static float[] added(InputNormalisation normalisation, int... pixels) {
        byte[] image = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            image[i] = (byte) pixels[i];
        }
        DenseBatch batch = new DenseBatch(1, pixels.length, InputForm.BYTES);
        batch.scale(normalisation.scaling(pixels.length));
        batch.add(image);
        return batch.values();
    }

    @Test
    void centredValuesHaveTheMeanZeroAndTheirOldDistances() {
        // 0, 0.2, 0.4 and 1 have the mean 0.4.
        assertThat(added(InputNormalisation.CENTRE, 0, 51, 102, 255))
                .containsExactly(new float[] {-0.4f, -0.2f, 0, 0.6f}, within(1e-6f));
        assertThat(added(InputNormalisation.AUTO, 0, 255)).containsExactly(-0.5f, 0.5f);
    }

    @Test
    void standardisedValuesAreDeviationsFromTheMean() {
        int[] pixels = new int[16];
        Arrays.fill(pixels, 8, 16, 204);
        float[] expected = new float[16];
        Arrays.fill(expected, 0, 8, -1);
        Arrays.fill(expected, 8, 16, 1);

        // Eight times 0, eight times 0.8: mean 0.4, standard deviation 0.4, above 1 / sqrt(16).
        assertThat(added(InputNormalisation.STANDARDISE, pixels))
                .containsExactly(expected, within(1e-6f));
    }

    @Test
    void littleContrastIsDividedByTheFloorInstead() {
        // The standard deviation is sqrt(0.14) = 0.37, the floor 1 / sqrt(4).
        assertThat(added(InputNormalisation.STANDARDISE, 0, 51, 102, 255))
                .containsExactly(new float[] {-0.8f, -0.4f, 0, 1.2f}, within(1e-6f));
    }

    @ParameterizedTest
    @EnumSource(names = {"CENTRE", "STANDARDISE"})
    void anImageOfOneColourIsAllZeros(InputNormalisation normalisation) {
        assertThat(added(normalisation, 0, 0, 0)).containsOnly(0);
        assertThat(added(normalisation, 77, 77, 77, 77, 77)).containsOnly(0);
        assertThat(added(normalisation, 255)).containsOnly(0);
    }

    @Test
    void brightnessAndContrastAreTakenAway() {
        float[] dark = added(InputNormalisation.STANDARDISE, 0, 10, 40, 50);
        float[] bright = added(InputNormalisation.STANDARDISE, 100, 110, 140, 150);

        assertThat(bright).containsExactly(dark, within(1e-6f));
        assertThat(added(InputNormalisation.CENTRE, 100, 110, 140, 150))
                .containsExactly(added(InputNormalisation.CENTRE, 0, 10, 40, 50), within(1e-6f));
    }

    @Test
    void eachRowIsNormalisedByItselfAndOthersStay() {
        float[] rows = {5, 5, 1, 3, 9, 9};

        InputNormalisation.CENTRE.scaling(2).apply(rows, 2);
        InputNormalisation.NONE.scaling(2).apply(rows, 4);

        assertThat(rows).containsExactly(5, 5, -1, 1, 9, 9);
    }

    @Test
    void onlyImagesAreNormalised() {
        assertThat(InputNormalisation.AUTO.of(InputForm.BYTES))
                .isEqualTo(InputNormalisation.CENTRE);
        assertThat(InputNormalisation.AUTO.of(InputForm.FLOATS)).isEqualTo(InputNormalisation.NONE);
        InputNormalisation.AUTO.require(InputForm.FLOATS);
        InputNormalisation.CENTRE.require(InputForm.BYTES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InputNormalisation.CENTRE.require(InputForm.FLOATS))
                .withMessage(
                        "normalisation: centre is not allowed; it must be auto or none where inputs"
                                + " are given features and no images");
    }

    @Test
    void storedNamesComeBackAndUnknownOnesAreLeftOpen() {
        for (InputNormalisation one : InputNormalisation.values()) {
            assertThat(InputNormalisation.stored(one.toString())).isEqualTo(one);
        }
        assertThat(InputNormalisation.stored("WHITEN")).isEqualTo(InputNormalisation.AUTO);
    }
}
