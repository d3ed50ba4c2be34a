// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kedge.connectors.image.testing.MadeJpeg;
import dev.kedge.connectors.image.testing.MadePng;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same grey picture in every kind of file gives the same numbers, in grey and in colour. */
class GreyPicturesTest {
    private static final int[] VALUES = {0, 64, 128, 200};

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = GreyPicturesTest.class.getResourceAsStream("/images/" + name)) {
            return in.readAllBytes();
        }
    }

    /** A row of the values, each as these bytes. */
    private static byte[] png(int bits, int colours, Values bytes) {
        int[] row =
                IntStream.concat(
                                IntStream.of(0),
                                IntStream.of(VALUES).flatMap(v -> IntStream.of(bytes.of(v))))
                        .toArray();
        return new MadePng(4, 1, bits, colours, false).pixels(row).end();
    }

    @FunctionalInterface
    private interface Values {
        int[] of(int value);
    }

    static Stream<Arguments> files() throws IOException {
        return Stream.of(
                arguments("8 bits", resource("g8.png"), true),
                arguments("16 bits", resource("g16.png"), true),
                arguments("grey with alpha", resource("ga8.png"), true),
                arguments("colour", resource("rgb8.png"), false),
                arguments("16 bits with alpha", png(16, 4, v -> array(v, 9, 0, 50)), true),
                arguments("colour, 16 bits", png(16, 2, v -> array(v, 9, v, 200, v, 0)), false),
                arguments("16 bits, alpha", png(16, 6, v -> array(v, 9, v, 2, v, 0, 7, 7)), false),
                arguments("colour with alpha", png(8, 6, v -> array(v, v, v, 0)), false),
                arguments(
                        "palette of 8 bits",
                        new MadePng(4, 1, 8, 3, false)
                                .chunk("PLTE", palette())
                                .chunk("tRNS", (byte) 0, (byte) 9)
                                .pixels(0, 0, 1, 2, 3)
                                .end(),
                        false),
                arguments(
                        "palette of 2 bits",
                        new MadePng(4, 1, 2, 3, false)
                                .chunk("PLTE", palette())
                                .pixels(0, 0b00011011)
                                .end(),
                        false),
                arguments(
                        "grey with one that is clear",
                        new MadePng(4, 1, 8, 0, false)
                                .chunk("tRNS", (byte) 0, (byte) 64)
                                .pixels(0, 0, 64, 128, 200)
                                .end(),
                        true),
                arguments(
                        "interlaced",
                        // Adam7 takes the first pixel, then the third, then the second and the
                        // fourth.
                        new MadePng(4, 1, 8, 0, true).pixels(0, 0, 0, 128, 0, 64, 200).end(),
                        true));
    }

    private static byte[] palette() {
        byte[] colours = new byte[3 * VALUES.length];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = (byte) VALUES[i / 3];
        }
        return colours;
    }

    private static int[] array(int... bytes) {
        return bytes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void sayTheSameInEveryKindOfFile(String what, byte[] file, boolean grey) throws IOException {
        ImageFile image = ImageFile.of(file);
        DecodeBudget budget = DecodeBudget.ofRecord();

        assertThat(image.isGrey()).isEqualTo(grey);
        assertThat(values(image.pixels(1, budget))).containsExactly(0, 64, 128, 200);
        assertThat(values(image.pixels(3, budget)))
                .containsExactly(0, 64, 128, 200, 0, 64, 128, 200, 0, 64, 128, 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void fewBitsReachFromBlackToWhite(int bits) throws IOException {
        int most = (1 << bits) - 1;
        byte[] file = new MadePng(2, 1, bits, 0, false).pixels(0, most << (8 - 2 * bits)).end();

        ImageFile image = ImageFile.of(file);

        assertThat(image.isGrey()).isTrue();
        assertThat(values(image.pixels(1, DecodeBudget.ofRecord()))).containsExactly(0, 255);
        assertThat(values(image.pixels(3, DecodeBudget.ofRecord())))
                .containsExactly(0, 255, 0, 255, 0, 255);
    }

    @Test
    void aGreyJpegKeepsItsValuesInColourToo() throws IOException {
        ImageFile image = ImageFile.of(resource("grey64.jpg"));

        assertThat(image.isGrey()).isTrue();
        assertThat(values(image.pixels(1, DecodeBudget.ofRecord()))).containsOnly(64);
        assertThat(values(image.pixels(3, DecodeBudget.ofRecord()))).hasSize(192).containsOnly(64);
    }

    @Test
    void aJpegInGreyAndOneInColourAreTheSameToOne() throws IOException {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage colour = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            grey.getRaster().setSample(i % 16, i / 16, 0, i);
            colour.setRGB(i % 16, i / 16, i * 0x010101);
        }
        int[] ofGrey = values(pixels(MadeJpeg.of(grey, false)));
        int[] ofColour = values(pixels(MadeJpeg.of(colour, true)));

        for (int i = 0; i < ofGrey.length; i++) {
            assertThat(ofGrey[i]).isBetween(ofColour[i] - 1, ofColour[i] + 1);
        }
    }

    private static byte[] pixels(byte[] file) throws IOException {
        return ImageFile.of(file).pixels(3, DecodeBudget.ofRecord());
    }

    private static int[] values(byte[] pixels) {
        return IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xff).toArray();
    }
}
