// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.operators.image.RandomView.Settings;
import dev.kedge.state.random.RestorableRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomViewTest {
    private static final ImageShape COLOURED = new ImageShape(3, 6, 5);
    private static final ImageShape PIXEL = new ImageShape(3, 1, 1);

    private final byte[] image = new byte[COLOURED.bytes()];

    RandomViewTest() {
        for (int i = 0; i < image.length; i++) {
            image[i] = (byte) (i * 37);
        }
    }

    @Test
    void theSameGeneratorMakesTheSameViews() {
        RandomView views = new RandomView(COLOURED, Settings.REFERENCE);
        RestorableRandom first = RestorableRandom.seeded(3);
        for (int i = 0; i < 5; i++) {
            views.view(image, first);
        }
        RestorableRandom second = RestorableRandom.restored(first.state());

        byte[] one = views.view(image, first);
        assertThat(views.view(image, second)).isEqualTo(one);
        assertThat(views.view(image, second)).isNotEqualTo(one);
    }

    @Test
    void theImageItselfIsLeftAsItIs() {
        byte[] before = image.clone();
        RandomView views = new RandomView(COLOURED, new Settings(1, 1, 0, 1, 0.4, 0.1, 1));
        views.view(image, RestorableRandom.seeded(3));

        assertThat(image).isEqualTo(before);
    }

    @Test
    void nothingChangesIfNothingIsAllowedToChange() {
        ImageShape square = new ImageShape(3, 5, 5);
        byte[] whole = Arrays.copyOf(image, square.bytes());

        assertThat(
                        new RandomView(square, new Settings(1, 1, 0, 0, 0, 0, 0))
                                .view(whole, RestorableRandom.seeded(3)))
                .isEqualTo(whole);
    }

    @Test
    void aFlipMirrorsEveryRow() {
        assertThat(Geometry.flip(new byte[] {1, 2, 3, 4, 5, 6}, new ImageShape(1, 2, 3)))
                .containsExactly(3, 2, 1, 6, 5, 4);
    }

    @Test
    void aCropIsEnlargedBilinearly() {
        byte[] ramp = {0, 0, 0, 0, 0, 0, 100, 0, 0, 0, 100, 0, 0, 0, 0, 0};
        byte[] cropped = Geometry.crop(ramp, new ImageShape(1, 4, 4), 1, 1, 2, 2);

        assertThat(Arrays.copyOf(cropped, 4)).containsExactly(0, 25, 75, 100);
        assertThat(Arrays.copyOfRange(cropped, 12, 16)).containsExactly(0, 25, 75, 100);
    }

    @Test
    void viewsOfAnEvenImageAreEven() {
        byte[] even = new byte[COLOURED.bytes()];
        Arrays.fill(even, (byte) 90);
        RandomView views = new RandomView(COLOURED, new Settings(0.1, 2, 0.5, 0, 0, 0, 0.5));
        RestorableRandom random = RestorableRandom.seeded(8);
        for (int i = 0; i < 50; i++) {
            assertThat(views.view(even, random)).containsOnly(90);
        }
    }

    @Test
    void brightnessIsAFactorAndStopsAtWhite() {
        byte[] values = {10, 100, (byte) 200};
        Colour.brightness(values, 1.5);

        assertThat(values).containsExactly(15, (byte) 150, (byte) 255);
    }

    @Test
    void contrastMovesAwayFromTheMean() {
        byte[] values = {100, 50};
        Colour.contrast(values, new ImageShape(1, 1, 2), 1.4);

        assertThat(values).containsExactly(110, 40);
    }

    @Test
    void greyHasThreeEqualChannelsOfTheLuma() {
        byte[] pixel = {(byte) 200, 100, 50};
        Colour.grey(pixel, PIXEL);

        assertThat(pixel).containsOnly((byte) Math.round(0.299 * 200 + 58.7 + 5.7));
    }

    @Test
    void aThirdOfATurnMakesRedGreenAndBackAgain() {
        byte[] pixel = {(byte) 200, 20, 50};
        Colour.hue(pixel, PIXEL, 1.0 / 3);
        assertThat(pixel).containsExactly(50, (byte) 200, 20);
        Colour.hue(pixel, PIXEL, -1.0 / 3);
        assertThat(pixel).containsExactly((byte) 200, 20, 50);
    }

    @Test
    void greyImagesHaveNoHueToTurn() {
        byte[] values = {1, 2};
        Colour.hue(values, new ImageShape(1, 1, 2), 0.3);
        Colour.saturation(values, new ImageShape(1, 1, 2), 0);

        assertThat(values).containsExactly(1, 2);
    }

    @Test
    void anImageTooWideForAnyCropIsCutInTheMiddle() {
        ImageShape strip = new ImageShape(1, 1, 9);
        byte[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        RandomView views = new RandomView(strip, new Settings(1, 1, 0, 0, 0, 0, 0));

        assertThat(views.view(values, RestorableRandom.seeded(2))).containsOnly(5);
    }

    @Test
    void refusesValuesOutOfBoundsByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(0, 1, 0, 0, 0, 0, 0))
                .withMessageContaining("augmentation.least-area: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(1, 1, 0, 0, 0, 0.7, 0))
                .withMessageContaining("augmentation.hue: 0.7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageShape(2, 4, 4))
                .withMessageContaining("1 or 3 channels");
    }
}
