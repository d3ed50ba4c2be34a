// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kedge.connectors.image.ImageFile.Format;
import dev.kedge.connectors.image.testing.MadeJpeg;
import dev.kedge.connectors.image.testing.MadePng;
import dev.kedge.connectors.testing.Patience;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are built to cost, and files that break off: refused before they are decoded. */
class ImageFileTest {
    private static final int MOST = 1024 * 1024;
    private static final byte[] PROGRESSIVE = MadeJpeg.of(picture(64, 48), true);
    private static final byte[] BASELINE = MadeJpeg.of(picture(64, 48), false);

    private static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, i * 2_654_435);
        }
        return image;
    }

    private static MadePng grey(int side) {
        return new MadePng(side, side, 8, 0, false);
    }

    @Test
    void aThumbnailOf46000EmptyScansIsRefusedBeforeItIsDecoded() {
        byte[] file = MadeJpeg.withEmptyScans(PROGRESSIVE, 46_000);

        assertThat(file.length).isBetween(450_000, 512 * 1024);
        assertTimeoutPreemptively(
                Patience.TIME,
                () ->
                        assertThatThrownBy(() -> Pixels.thumbnail(file, Format.JPEG, MOST))
                                .hasMessage("more than 100 scans"));
    }

    @Test
    void countsTheScansOfAFileAndTakesThemFromTheBudget() throws IOException {
        ImageFile ten = ImageFile.of(PROGRESSIVE, Format.JPEG);
        DecodeBudget budget = new DecodeBudget(2 * ten.work());

        ten.pixels(3, budget);
        ten.pixels(3, budget);

        assertThat(ten.scans()).isEqualTo(10);
        assertThat(ten.work()).isEqualTo(64 * 48 * 10);
        assertThat(budget.taken()).isEqualTo(2 * ten.work());
        assertThat(ImageFile.of(BASELINE).work()).isEqualTo(64 * 48);
        assertThatThrownBy(() -> ten.pixels(3, budget))
                .hasMessage("3072 pixels times 10 scans, of which 0 of 61440 are left");
    }

    @Test
    void aLargePictureMayHaveFewerScansThanASmallOne() throws IOException {
        byte[] large = MadeJpeg.of(new BufferedImage(1024, 1024, 1), true);

        assertThat(Pixels.check(MadeJpeg.withEmptyScans(large, 22), Format.JPEG, MOST).scans())
                .isEqualTo(32);
        assertThatThrownBy(
                        () -> Pixels.check(MadeJpeg.withEmptyScans(large, 23), Format.JPEG, MOST))
                .hasMessageContaining("1048576 pixels times 33 scans");
        assertThat(
                        Pixels.check(MadeJpeg.withEmptyScans(PROGRESSIVE, 90), Format.JPEG, MOST)
                                .scans())
                .isEqualTo(100);
    }

    /** Each is put where libjpeg would walk on otherwise than we count, or spends time on it. */
    static Stream<Arguments> hostileJpegs() {
        int frame = MadeJpeg.find(PROGRESSIVE, 0xc2);
        int scan = MadeJpeg.find(PROGRESSIVE, 0xda);
        byte[] twelve = BASELINE.clone();
        twelve[MadeJpeg.find(BASELINE, 0xc0) + 4] = 12;
        byte[] arithmetic = PROGRESSIVE.clone();
        arithmetic[frame + 1] = (byte) 0xca;
        byte[] hierarchical = BASELINE.clone();
        hierarchical[MadeJpeg.find(BASELINE, 0xc0) + 1] = (byte) 0xc5;
        byte[] noRows = BASELINE.clone();
        noRows[MadeJpeg.find(BASELINE, 0xc0) + 6] = 0;
        return Stream.of(
                arguments("segments", put(2, 1001, 0xff, 0xe1, 0, 2), "more than 1000 segments"),
                arguments("comments", put(2, 100_000, 0xff, 0xfe, 0, 2), "1000 segments"),
                arguments("a reserved marker", put(scan, 1, 0xff, 0x02), "a marker 02"),
                arguments("a short table", put(2, 1, 0xff, 0xc4, 0, 5, 0, 0, 0), "segment c4"),
                arguments("a long table", put(2, 1, 0xff, 0xdb, 0, 5, 0, 0, 0), "segment db"),
                arguments("an interval", put(2, 1, 0xff, 0xdd, 0, 6, 0, 0, 0, 0), "segment dd"),
                arguments("a scan's length", put(scan, 1, 0xff, 0xda, 0, 2), "segment da"),
                arguments("a scan first", put(2, 1, 0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0), "da"),
                arguments("no length", put(scan, 1, 0xff, 0xfe, 0, 0), "segment fe"),
                arguments("a second start", put(scan, 1, 0xff, 0xd8), "a marker d8"),
                arguments("12 bits", twelve, "12 bits a value"),
                arguments("arithmetic codes", arithmetic, "not read (ca)"),
                arguments("a hierarchy", hierarchical, "not read (c5)"),
                arguments("no rows", noRows, "segment c0"),
                arguments(
                        "two frames",
                        MadeJpeg.with(
                                BASELINE,
                                MadeJpeg.find(BASELINE, 0xda),
                                1,
                                0xff,
                                0xc0,
                                0,
                                11,
                                8,
                                0,
                                8,
                                0,
                                8,
                                1,
                                1,
                                0x11,
                                0),
                        "segment c0"),
                arguments("no picture", new byte[] {-1, -40, -1, -39}, "no picture"));
    }

    private static byte[] put(int at, int times, int... bytes) {
        return MadeJpeg.with(PROGRESSIVE, at, times, bytes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileJpegs")
    void aJpegThatIsBuiltToCostIsRefusedByItsStructure(String what, byte[] file, String message) {
        assertThatThrownBy(() -> ImageFile.of(file, Format.JPEG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aColumnOfPixelsCountsAsTheBlocksThatAreWorkedOn() throws IOException {
        byte[] file = MadeJpeg.of(new BufferedImage(1, 640, BufferedImage.TYPE_INT_RGB), false);

        assertThat(ImageFile.of(file).work()).isEqualTo(640 * 16);
    }

    @Test
    void segmentsThatOnlyDescribeAndRestartMarkersAreFine() throws IOException {
        byte[] file = MadeJpeg.with(BASELINE, 2, 60, 0xff, 0xfe, 0, 4, 'h', 'i');
        byte[] filled = MadeJpeg.with(file, 2, 1, 0xff, 0xff, 0xff);

        assertThat(ImageFile.of(filled).pixels(3, DecodeBudget.ofRecord()))
                .isEqualTo(ImageFile.of(BASELINE).pixels(3, DecodeBudget.ofRecord()));
    }

    static Stream<Arguments> files() throws IOException {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(picture(16, 16), "gif", gif);
        ByteArrayOutputStream bmp = new ByteArrayOutputStream();
        ImageIO.write(picture(16, 16), "bmp", bmp);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture(16, 16), "png", png);
        return Stream.of(
                arguments("png", png.toByteArray()),
                arguments("jpeg", BASELINE),
                arguments("progressive jpeg", PROGRESSIVE),
                arguments("gif", gif.toByteArray()),
                arguments("bmp", bmp.toByteArray()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileThatBreaksOffIsRefusedWhereverItDoes(String what, byte[] file) throws IOException {
        ImageFile whole = ImageFile.of(file);
        assertThat(whole.pixels(3, DecodeBudget.ofRecord()))
                .hasSize(3 * whole.height() * whole.width());

        // Behind the picture a GIF has one more byte.
        for (int length = 0; length < file.length - 1; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> ImageFile.of(part)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void pixelsThatAreMissingInAWholeFileAreMissed() {
        byte[] png = grey(64).pixels(new int[65 * 32]).end();
        byte[] half = Arrays.copyOf(BASELINE, BASELINE.length / 2);
        byte[] ended = MadeJpeg.with(half, half.length, 1, 0xff, 0xd9);

        assertThatThrownBy(() -> Pixels.thumbnail(png, Format.PNG, MOST))
                .hasMessage("broken off: its pixels are not all there");
        assertThatThrownBy(() -> Pixels.thumbnail(ended, Format.JPEG, MOST))
                .hasMessageContaining("damaged: Corrupt JPEG data: premature end");
    }

    @Test
    void ofAPngThatInflatesToMuchMoreThanItsSidesOnlyItsSidesAreInflated() throws IOException {
        byte[] bomb = MadePng.packed(new byte[64 << 20]);
        byte[] file = grey(2).chunk("IDAT", bomb).end();

        assertThat(ImageFile.of(file).work()).isEqualTo(4);
        assertThat(
                        assertTimeoutPreemptively(
                                        Patience.TIME,
                                        () -> Pixels.thumbnail(file, Format.PNG, MOST))
                                .pixels())
                .containsOnly(0)
                .hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iCCP", "zTXt", "iTXt", "eXIf", "tRNS", "prVt"})
    void whatOnlyDescribesAPngNeverReachesTheDecoder(String type) throws IOException {
        byte[] bomb = MadePng.packed(new byte[64 << 20]);
        byte[] text = new byte[bomb.length + 3];
        System.arraycopy(bomb, 0, text, 3, bomb.length);
        text[0] = 'a';
        MadePng palette = new MadePng(2, 1, 8, 3, false).chunk("PLTE", new byte[] {1, 2, 3});
        byte[] file = palette.chunk(type, text).pixels(0, 0, 0).end();

        ImageFile image = ImageFile.of(file);

        assertThat(file.length).isGreaterThan(60_000);
        assertThat(image.decodedBytes()).isLessThan(120);
        assertThat(image.pixels(3, DecodeBudget.ofRecord())).containsExactly(1, 1, 2, 2, 3, 3);
    }

    static Stream<Arguments> hostilePngs() {
        MadePng chunks = grey(1);
        for (int i = 0; i < 10_000; i++) {
            chunks.chunk("IDAT");
        }
        byte[] checksum = grey(1).pixels(0, 7).end();
        checksum[checksum.length - 14] ^= 1;
        byte[] length = grey(1).pixels(0, 7).end();
        length[33] = 0x7f;
        byte[] negative = length.clone();
        negative[33] = (byte) 0xff;
        return Stream.of(
                arguments("chunks", chunks.end(), "more than 10000 chunks"),
                arguments("a checksum", checksum, "the checksum of IDAT differs"),
                arguments("a length", length, "broken off in chunk 2"),
                arguments("a length below 0", negative, "broken off in chunk 2"),
                arguments("no pixels", grey(1).end(), "there is no picture"),
                arguments("two heads", grey(1).chunk("IHDR", new byte[13]).end(), "its head"),
                arguments("no sides", grey(0).pixels().end(), "0 x 0 pixels"),
                arguments("sides below 0", grey(-5).pixels().end(), "-5 x -5 pixels"),
                arguments("3 bits", new MadePng(1, 1, 3, 0, false).end(), "kind 0 and 3 bits"),
                arguments("a kind", new MadePng(1, 1, 8, 5, false).end(), "kind 5 and 8 bits"),
                arguments(
                        "no palette",
                        new MadePng(1, 1, 8, 3, false).pixels(0, 0).end(),
                        "there is no palette"),
                arguments("a chunk", grey(1).chunk("A\u001bBC").end(), "there is no chunk A?BC"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostilePngs")
    void aPngThatIsBuiltToCostIsRefusedByItsStructure(String what, byte[] file, String message) {
        assertThatThrownBy(() -> ImageFile.of(file, Format.PNG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anInterlacedPictureOfOneColumnCostsItsPixels() throws IOException {
        assertThat(Pixels.check(column(8192), Format.PNG, MOST).work()).isEqualTo(8192);
        assertThat(Pixels.thumbnail(column(8192), Format.PNG, MOST).shape().height())
                .isEqualTo(8192);
    }

    @Test
    void aThumbnailOfOneColumnThatScalingWouldSpreadIsRefused() {
        assertThatThrownBy(() -> Pixels.check(column(8193), Format.PNG, MOST))
                .hasMessage("8193 x 1 pixels");
        assertThatThrownBy(() -> Pixels.thumbnail(column(MOST), Format.PNG, MOST))
                .hasMessage("1048576 x 1 pixels");
    }

    private static byte[] column(int height) {
        byte[] rows = MadePng.packed(new byte[4 * height]);
        return new MadePng(1, height, 1, 0, true).chunk("IDAT", rows).end();
    }

    @Test
    void whatTheDecoderCannotReadIsSaidInWords() throws IOException {
        ImageFile head = ImageFile.of(grey(2).chunk("IDAT", new byte[] {9, 9, 9, 9}).end());

        assertThatThrownBy(() -> head.pixels(1, DecodeBudget.ofRecord()))
                .isInstanceOf(IOException.class)
                .hasMessage("not a readable PNG: its pixels are damaged")
                .hasCauseInstanceOf(Exception.class);
    }

    @Test
    void aFileOfAnotherFormatThanItSaysIsRefused() {
        assertThatThrownBy(() -> ImageFile.of(BASELINE, Format.PNG)).hasMessage("not a PNG");
        assertThatThrownBy(() -> ImageFile.of(new byte[3]))
                .hasMessage("not a PNG, JPEG, GIF or BMP");
    }
}
