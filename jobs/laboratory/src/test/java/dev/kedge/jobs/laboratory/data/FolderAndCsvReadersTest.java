// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.connectors.image.ImageSet;
import dev.kedge.connectors.image.ImageSet.LabelledImage;
import dev.kedge.connectors.image.testing.MadePng;
import dev.kedge.jobs.laboratory.data.VectorSet.LabelledVector;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAndCsvReadersTest {
    @TempDir private Path folder;

    private void grey(String path, int width, int... values) throws IOException {
        BufferedImage image =
                new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, width, values.length / width, 0, values);
        write(path, image);
    }

    private void colour(String path, int... rgb) throws IOException {
        BufferedImage image = new BufferedImage(rgb.length, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, rgb.length, 1, rgb, 0, rgb.length);
        write(path, image);
    }

    private void write(String path, BufferedImage image) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    @Test
    void greyImagesKeepTheirValuesAndComeByClassAndName() throws IOException {
        grey("b/2.png", 2, 1, 2, 254, 255);
        grey("b/1.png", 2, 0, 100, 128, 200);
        grey("a/9.png", 2, 9, 9, 9, 9);
        Files.writeString(folder.resolve("b/notes.txt"), "no image");

        ImageSet set = ImageFolderReader.read(folder, 0);

        assertThat(List.of(set.channels(), set.height(), set.width())).containsExactly(1, 2, 2);
        assertThat(set.images()).extracting(LabelledImage::label).containsExactly("a", "b", "b");
        assertThat(set.images().get(1).pixels())
                .containsExactly((byte) 0, (byte) 100, (byte) 128, (byte) 200);
    }

    @Test
    void coloursLieChannelByChannel() throws IOException {
        colour("a/1.png", 0x010203, 0x040506);

        ImageSet set = ImageFolderReader.read(folder, 0);

        assertThat(set.channels()).isEqualTo(3);
        assertThat(set.images().get(0).pixels()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void onlyTheFirstOfEachClassAreReadIfSoManyAreWanted() throws IOException {
        grey("a/1.png", 1, 1);
        grey("a/2.png", 1, 2);
        grey("b/1.png", 1, 3);

        assertThat(ImageFolderReader.read(folder, 1).images())
                .extracting(image -> image.pixels()[0])
                .containsExactly((byte) 1, (byte) 3);
    }

    @Test
    void refusesImagesOfOtherSidesAndFoldersWithoutImages() throws IOException {
        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("has no images");
        grey("a/1.png", 1, 1);
        grey("a/2.png", 2, 1, 1);

        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("2.png has 1 x 2 pixels, the first image 1 x 1");
    }

    @Test
    void refusesAFileThatIsNoImage() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/1.png"), "nothing");

        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("1.png is not an image that can be read");
    }

    private void resource(String path, String name) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        try (InputStream in = getClass().getResourceAsStream("/images/" + name)) {
            Files.copy(in, file);
        }
    }

    @Test
    void greyAndColourFilesOfTheSamePictureGiveTheSameNumbers() throws IOException {
        resource("a/1.png", "rgb8.png");
        resource("a/2.png", "g8.png");
        resource("a/3.png", "g16.png");
        resource("a/4.png", "ga8.png");

        ImageSet colour = ImageFolderReader.read(folder, 0);
        Files.delete(folder.resolve("a/1.png"));
        ImageSet grey = ImageFolderReader.read(folder, 0);

        byte[] row = {0, 64, -128, -56};
        assertThat(colour.channels()).isEqualTo(3);
        assertThat(colour.images())
                .hasSize(4)
                .allSatisfy(
                        image ->
                                assertThat(image.pixels())
                                        .startsWith(row)
                                        .containsSubsequence(row[3], row[0], row[1])
                                        .endsWith(row));
        assertThat(grey.channels()).isEqualTo(1);
        assertThat(grey.images())
                .hasSize(3)
                .allSatisfy(image -> assertThat(image.pixels()).containsExactly(row));
    }

    @Test
    void aPictureThatBreaksOffOrIsDamagedIsRefusedByItsName() throws IOException {
        resource("a/0.jpg", "whole.jpg");
        resource("a/1.jpg", "half.jpg");

        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("1.jpg cannot be read: it is broken off after");

        Files.delete(folder.resolve("a/1.jpg"));
        byte[] file = new MadePng(64, 64, 8, 0, false).chunk("IDAT", new byte[] {1, 2, 3, 4}).end();
        Files.write(folder.resolve("a/1.png"), file);
        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("1.png cannot be read: it is");
    }

    @Test
    void aHugePictureIsRefusedByItsHead() throws IOException {
        byte[] file = new MadePng(8193, 8192, 1, 0, false).pixels(0).end();
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a/1.png"), file);

        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("1.png has 8192 x 8193 pixels, at most 67108864 are read");
    }

    @Test
    void anImageThatClaimsAHundredThousandRowsIsRefusedBeforeItIsDecoded() throws IOException {
        grey("a/1.png", 1, 1);
        Path file = folder.resolve("a/1.png");
        byte[] png = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        header.putInt(29, (int) crc.getValue());
        Files.write(file, png);

        assertThatThrownBy(() -> ImageFolderReader.read(folder, 0))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining(
                        "1.png has 100000 x 100000 pixels, at most 67108864 are read");
    }

    @Test
    void rowsOfACsvAreNumbersAndALabel() throws IOException {
        Path file = Files.writeString(folder.resolve("train.csv"), "x,kind,y\n1,a,2.5\n-3,b,0\n");

        VectorSet set = VectorCsvReader.read(file, VectorColumns.labelled("kind"), ',');

        assertThat(set.columns()).containsExactly("x", "y");
        assertThat(set.rows()).extracting(LabelledVector::label).containsExactly("a", "b");
        assertThat(set.rows().get(1).values()).containsExactly(-3, 0);
    }

    @Test
    void refusesACsvWithoutTheLabelOrWithoutNumbers() throws IOException {
        Path file = Files.writeString(folder.resolve("train.csv"), "x,kind\n1,a\nNaN,b\n");

        assertThatThrownBy(() -> VectorCsvReader.read(file, VectorColumns.labelled("label"), ','))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("no column 'label'; it has [x, kind]");
        assertThatThrownBy(() -> VectorCsvReader.read(file, VectorColumns.labelled("kind"), ','))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("train.csv:3: column 'x' is 'NaN'");
    }

    private VectorSet csv(String text) throws IOException {
        return csv(text, VectorColumns.labelled("kind"));
    }

    private VectorSet csv(String text, VectorColumns columns) throws IOException {
        return VectorCsvReader.read(
                Files.writeString(folder.resolve("train.csv"), text), columns, ',');
    }

    @Test
    void aColumnThatIsThereTwiceOrHasNoNameIsRefusedWithTheLine() {
        assertThatThrownBy(() -> csv("x,x,kind\n0,7,a\n"))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageEndingWith("train.csv:1: two columns are called 'x'");
        assertThatThrownBy(() -> csv("kind,x,y,kind\na,0,7,b\n"))
                .hasMessageEndingWith("train.csv:1: two columns are called 'kind'");
        assertThatThrownBy(() -> csv("x,,kind\n0,7,a\n"))
                .hasMessageEndingWith("train.csv:1: column 2 of [x, , kind] has no name");
    }

    @Test
    void aRowThatIsTooLongOrTooShortIsRefusedWithItsLine() {
        assertThatThrownBy(() -> csv("x,y,kind\n1,2,a\n1,5,2,a\n"))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageEndingWith("train.csv:3: 4 values for the 3 columns [x, y, kind]");
        assertThatThrownBy(() -> csv("x,y,kind\n1,2,a\n\n1,a"))
                .hasMessageContaining("train.csv:")
                .hasMessageEndingWith(": 2 values for the 3 columns [x, y, kind]");
        assertThatThrownBy(() -> csv("x,y,kind\r\n1,2,a\r\n1,2,a,"))
                .hasMessageEndingWith("train.csv:3: 4 values for the 3 columns [x, y, kind]");
    }

    @Test
    void theIndexThatPandasWritesInFrontIsNoColumn() throws IOException {
        for (String index : List.of("", "\"\"", "Unnamed: 0")) {
            VectorSet set = csv(index + ",x,kind\n0,5,a\n1,7,b\n");

            assertThat(set.rows().get(1).values()).as(index).containsExactly(7);
            assertThat(set.rows().get(1).label()).as(index).isEqualTo("b");
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertThat(csv("\uFEFFkind,x\na,5\n").rows().get(0).label()).isEqualTo("a");
        assertThat(csv("\uFEFF\"kind\",x\na,5\n").rows().get(0).label()).isEqualTo("a");
        assertThat(csv("\uFEFF,x,kind\n0,5,a\n").rows().get(0).values()).containsExactly(5);
    }
}
