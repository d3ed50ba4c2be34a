// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.image.ImageFile.Format;
import dev.kedge.connectors.image.testing.MadeJpeg;
import dev.kedge.operators.image.ImageShape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {
    private static final int MOST = 1024 * 1024;

    private static BufferedImage plain(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, colour.getRGB());
        }
        return image;
    }

    private static BufferedImage read(Preview preview) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(preview.jpeg()));
    }

    @ParameterizedTest
    @CsvSource({"600, 300, 240, 120", "300, 600, 120, 240", "64, 48, 64, 48", "8192, 1, 240, 1"})
    void isNoLongerThanItsMostSideAndKeepsTheProportion(
            int width, int height, int expectedWidth, int expectedHeight) throws IOException {
        byte[] file = MadeJpeg.of(plain(width, height, Color.ORANGE), false);

        Preview preview = Preview.of(file, Format.JPEG, MOST);

        BufferedImage shown = read(preview);
        assertThat(preview.width()).isEqualTo(expectedWidth);
        assertThat(preview.height()).isEqualTo(expectedHeight);
        assertThat(shown.getWidth()).isEqualTo(expectedWidth);
        assertThat(shown.getHeight()).isEqualTo(expectedHeight);
    }

    @Test
    void hasTheColoursOfThePicture() throws IOException {
        byte[] pixels = new byte[3 * 40 * 40];
        Arrays.fill(pixels, 0, 1600, (byte) 200);
        Arrays.fill(pixels, 1600, 3200, (byte) 90);
        byte[] file = Pixels.png(pixels, new ImageShape(3, 40, 40));

        Color middle = new Color(read(Preview.of(file, Format.PNG, MOST)).getRGB(20, 20));

        assertThat(middle.getRed()).isBetween(190, 210);
        assertThat(middle.getGreen()).isBetween(80, 100);
        assertThat(middle.getBlue()).isLessThan(12);
    }

    @Test
    void holdsNothingOfTheFileButItsPixels() throws IOException {
        String hidden = "<script>alert('x')</script>";
        byte[] whole = MadeJpeg.of(plain(64, 64, Color.BLUE), false);
        byte[] comment = hidden.getBytes(ISO_8859_1);
        byte[] file = new byte[whole.length + comment.length + 4];
        System.arraycopy(whole, 0, file, 0, 2);
        System.arraycopy(
                new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) (comment.length + 2)},
                0,
                file,
                2,
                4);
        System.arraycopy(comment, 0, file, 6, comment.length);
        System.arraycopy(whole, 2, file, 6 + comment.length, whole.length - 2);
        assertThat(new String(file, ISO_8859_1)).contains(hidden);

        Preview preview = Preview.of(file, Format.JPEG, MOST);

        assertThat(new String(preview.jpeg(), ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void refusesWhatIsDamagedTooLargeOrBuiltToCost() {
        byte[] file = MadeJpeg.of(plain(600, 600, Color.BLUE), true);
        byte[] dear = MadeJpeg.withEmptyScans(file, 10);

        assertThatThrownBy(() -> Preview.of(Arrays.copyOf(file, 500), Format.JPEG, MOST))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Preview.of(file, Format.JPEG, 1000))
                .hasMessage("600 x 600 pixels");
        assertThatThrownBy(() -> Preview.of(dear, Format.JPEG, MOST))
                .hasMessageContaining("of which 4194304 of 4194304 are left");
    }
}
