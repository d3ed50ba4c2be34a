// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.kedge.connectors.image.ImageSet;
import dev.kedge.connectors.image.ImageSet.LabelledImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReadersTest {
    @TempDir private Path folder;

    @Test
    void readsImagesAndLabelsOfIdxFiles() throws IOException {
        Path images = write("images", idxImages(2, 2, 3));
        Path labels = write("labels", idxLabels(7, 200));

        ImageSet set = MnistReader.read(images, labels);

        assertThat(List.of(set.channels(), set.height(), set.width())).containsExactly(1, 2, 3);
        assertThat(set.images()).extracting(LabelledImage::label).containsExactly("7", "200");
        assertThat(set.images().get(1).pixels()).containsExactly(6, 7, 8, 9, 10, 11);
    }

    @Test
    void readsCompressedIdxFiles() throws IOException {
        Path images = write("images.gz", compressed(idxImages(1, 1, 2)));
        Path labels = write("labels.gz", compressed(idxLabels(3)));

        assertThat(MnistReader.read(images, labels).images().get(0).pixels()).containsExactly(0, 1);
    }

    @Test
    void aFileOfLabelsIsNoFileOfImages() throws IOException {
        Path labels = write("labels", idxLabels(3));

        assertThatThrownBy(() -> MnistReader.read(labels, labels))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("labels begins with 0x801")
                .hasMessageContaining("0x803");
    }

    @Test
    void imagesAndLabelsMustBeAsMany() throws IOException {
        Path images = write("images", idxImages(2, 2, 2));
        Path labels = write("labels", idxLabels(3));

        assertThatThrownBy(() -> MnistReader.read(images, labels))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("2 images")
                .hasMessageContaining("1 labels");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        byte[] whole = idxImages(2, 2, 2);
        Path labels = write("labels", idxLabels(3, 4));
        for (int length : new int[] {3, 10, whole.length - 1}) {
            Path images = write("images", Arrays.copyOf(whole, length));

            assertThatThrownBy(() -> MnistReader.read(images, labels))
                    .isInstanceOf(DatasetFormatException.class)
                    .hasMessageContaining("ends in the middle");
        }
    }

    @Test
    void sidesOutOfBoundsAreRefusedBeforeAnythingIsAllocated() throws IOException {
        Path images =
                write(
                        "images",
                        ByteBuffer.allocate(16)
                                .putInt(0x803)
                                .putInt(1)
                                .putInt(Integer.MAX_VALUE)
                                .putInt(2)
                                .array());
        Path labels = write("labels", idxLabels(3));

        assertThatThrownBy(() -> MnistReader.read(images, labels))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("2147483647 rows");
    }

    @Test
    void countsOfTwoBillionTakeNoMemory() throws IOException {
        byte[] many = idxLabels(3, 4);
        ByteBuffer.wrap(many).putInt(4, Integer.MAX_VALUE);
        Path labels = write("labels", many);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(() -> MnistReader.read(labels, labels))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("ends in the middle");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(64 << 20);
    }

    @Test
    void readsBothVariantsOfCifar() throws IOException {
        Path ten = write("ten.bin", cifar(2, 9));
        Path hundred = write("hundred.bin", cifar(1, 4, 73));

        ImageSet first = CifarReader.read(CifarReader.Variant.CIFAR_10, List.of(ten, ten));
        ImageSet second = CifarReader.read(CifarReader.Variant.CIFAR_100, List.of(hundred));

        assertThat(first.images()).hasSize(4);
        assertThat(first.images().get(3).label()).isEqualTo("9");
        assertThat(first.images().get(3).pixels()[3071]).isEqualTo((byte) 3071);
        assertThat(second.images()).extracting(LabelledImage::label).containsExactly("73");
    }

    @Test
    void cifarRefusesALabelOutOfRangeAndATruncatedImage() throws IOException {
        Path wrong = write("wrong.bin", cifar(1, 10));
        Path cut = write("cut.bin", Arrays.copyOf(cifar(2, 1), 4000));

        assertThatThrownBy(() -> CifarReader.read(CifarReader.Variant.CIFAR_10, List.of(wrong)))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("label 10");
        assertThatThrownBy(() -> CifarReader.read(CifarReader.Variant.CIFAR_10, List.of(cut)))
                .isInstanceOf(DatasetFormatException.class)
                .hasMessageContaining("ends with 927 bytes");
    }

    @Test
    void anImageOfOtherSidesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ImageSet(1, 2, 2, List.of(new LabelledImage(new byte[5], "a"))))
                .withMessageContaining("5 values");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] idxImages(int count, int rows, int columns) {
        ByteBuffer out = ByteBuffer.allocate(16 + count * rows * columns);
        out.putInt(0x803).putInt(count).putInt(rows).putInt(columns);
        for (int i = 0; out.hasRemaining(); i++) {
            out.put((byte) i);
        }
        return out.array();
    }

    private static byte[] idxLabels(int... labels) {
        ByteBuffer out = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(labels.length);
        for (int label : labels) {
            out.put((byte) label);
        }
        return out.array();
    }

    private static byte[] cifar(int count, int... labels) {
        ByteBuffer out = ByteBuffer.allocate(count * (labels.length + 3072));
        for (int i = 0; i < count; i++) {
            for (int label : labels) {
                out.put((byte) label);
            }
            for (int k = 0; k < 3072; k++) {
                out.put((byte) k);
            }
        }
        return out.array();
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
