// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.operators.image.ImageShape;
import org.junit.jupiter.api.Test;

class ScalingTest {
    @Test
    void theSameSizeIsTheSameImage() {
        assertThat(scaled(2, 3, 2, 3, 0, 50, 100, 150, 200, 250))
                .containsExactly(0, 50, 100, 150, 200, 250);
    }

    @Test
    void halfTheSizeWeighsFourPixelsByTheirDistance() {
        // Centres at 1 and 3 of 0.5, 1.5, 2.5, 3.5, reach 2: weights 3, 3, 1 and 1, 3, 3 of 7.
        assertThat(scaled(1, 4, 1, 2, 0, 70, 140, 210)).containsExactly(50, 160);
    }

    @Test
    void twiceTheSizeGoesFromCentreToCentre() {
        // Centres at 0.25, 0.75, 1.25, 1.75; beyond the outer centres the outer pixel holds.
        assertThat(scaled(1, 2, 1, 4, 0, 100)).containsExactly(0, 25, 75, 100);
        assertThat(scaled(2, 1, 4, 1, 0, 100)).containsExactly(0, 25, 75, 100);
    }

    @Test
    void eachChannelIsScaledAlone() {
        Thumbnail image =
                new Thumbnail(new ImageShape(3, 1, 2), new byte[] {0, 100, 10, 10, -1, -1});
        float[] out = new float[3];

        Scaling.to(1, 1, image, out);

        assertThat(out).containsExactly(50, 10, 255);
    }

    @Test
    void everyPixelOfALargeImageCounts() {
        int[] values = new int[999];
        values[500] = 255;

        assertThat(scaled(1, 999, 1, 1, values)[0]).isPositive();
    }

    private static float[] scaled(int height, int width, int rows, int columns, int... values) {
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        float[] out = new float[rows * columns];
        Scaling.to(rows, columns, new Thumbnail(new ImageShape(1, height, width), pixels), out);
        return out;
    }
}
