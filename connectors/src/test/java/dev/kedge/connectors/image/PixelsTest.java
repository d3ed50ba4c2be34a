// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.image.ImageFile.Format;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPngKeepsEveryPixel(int channels) throws IOException {
        ImageShape shape = new ImageShape(channels, 5, 7);
        byte[] pixels = new byte[shape.bytes()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37);
        }

        assertThat(Pixels.decode(Pixels.png(pixels, shape), Format.PNG, shape)).isEqualTo(pixels);
    }

    @Test
    void aSmallFileThatClaimsAHugeImageIsRefusedBeforeItIsDecoded() {
        byte[] png = Pixels.png(new byte[1], new ImageShape(1, 1, 1));
        // Width and height lie behind signature, length and name of the first chunk.
        png[16] = 0x40;
        png[20] = 0x40;

        assertThatThrownBy(() -> Pixels.decode(png, Format.PNG, new ImageShape(1, 1, 1)))
                .isInstanceOf(IOException.class);
    }
}
