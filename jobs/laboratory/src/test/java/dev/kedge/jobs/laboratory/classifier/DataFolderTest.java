// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Csv;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Data;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Format;
import dev.kedge.operators.image.ImageShape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final Data STANDARD = ExperimentSettings.DEFAULT.data();

    @TempDir private Path folder;

    private String orderFile = "";
    private Csv csv = STANDARD.csv();

    private Samples read(Format format) {
        return read(format, 0, 0);
    }

    private Samples read(Format format, int trainPerClass, int testPerClass) {
        return DataFolder.read(
                new Data(
                        format,
                        folder.toString(),
                        trainPerClass,
                        testPerClass,
                        orderFile,
                        csv,
                        STANDARD.synthetic()));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void idx(String part, int... labels) throws IOException {
        byte[] pixels = new byte[4 * labels.length];
        byte[] classes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classes[i] = (byte) labels[i];
        }
        int count = labels.length;
        write(part + "-images-idx3-ubyte", bytes(pixels, 0x803, count, 2, 2));
        write(part + "-labels-idx1-ubyte", bytes(classes, 0x801, count));
    }

    private static byte[] bytes(byte[] payload, int... header) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * header.length + payload.length);
        for (int number : header) {
            bytes.putInt(number);
        }
        return bytes.put(payload).array();
    }

    private void png(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    @Test
    void mnistIsReadFromItsFourFiles() throws IOException {
        idx("train", 3, 8, 3);
        idx("t10k", 8, 3);

        Samples samples = read(Format.MNIST);

        assertThat(samples.image()).contains(new ImageShape(1, 2, 2));
        assertThat(samples.labels()).containsExactly("3", "8");
        assertThat(samples.train()).hasSize(3);
        assertThat(samples.test()).hasSize(2);
    }

    @Test
    void onlyTheFirstOfEachClassAreTakenIfSoManyAreWanted() throws IOException {
        idx("train", 3, 8, 3, 3, 8);
        idx("t10k", 8, 8, 3);

        Samples samples = read(Format.MNIST, 2, 1);

        assertThat(samples.train()).extracting(Sample::label).containsExactly("3", "8", "3", "8");
        assertThat(samples.test()).extracting(Sample::label).containsExactly("8", "3");
    }

    @Test
    void cifarIsReadFromAllItsBatches() throws IOException {
        for (int i = 1; i <= 5; i++) {
            write("data_batch_" + i + ".bin", record(3073, 0, i));
        }
        write("test_batch.bin", record(3073, 0, 1));

        assertThatThrownBy(() -> read(Format.CIFAR_10))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "data: classes to learn [1, 2, 3, 4, 5], to test [1]; they must be the"
                                + " same, at least one");
    }

    @Test
    void cifar100HasTheFineLabels() throws IOException {
        write("train.bin", record(3074, 1, 99));
        write("test.bin", record(3074, 1, 99));

        Samples samples = read(Format.CIFAR_100);

        assertThat(samples.labels()).containsExactly("99");
        assertThat(samples.input().width()).isEqualTo(3072);
    }

    private static byte[] record(int length, int labelAt, int label) {
        byte[] record = new byte[length];
        record[labelAt] = (byte) label;
        return record;
    }

    @Test
    void anImageFolderHasATrainingAndATestPart() throws IOException {
        png("train/cat/1.png");
        png("train/dog/1.png");
        png("test/cat/1.png");
        png("test/dog/1.png");

        Samples samples = read(Format.IMAGE_FOLDER);

        assertThat(samples.image()).contains(new ImageShape(3, 2, 3));
        assertThat(samples.labels()).containsExactly("cat", "dog");
    }

    @Test
    void aFileOfIndicesOrdersTheTrainingSamplesBeforeAnyAreTaken() throws IOException {
        idx("train", 3, 8, 3, 3, 8);
        idx("t10k", 8, 8, 3);
        String before = read(Format.MNIST).checksum();
        orderFile = "order.txt";

        write("order.txt", "4\r\n 2\n0\n3\n1".getBytes(StandardCharsets.UTF_8));

        assertThat(read(Format.MNIST).train())
                .extracting(Sample::label)
                .containsExactly("8", "3", "3", "3", "8");
        assertThat(read(Format.MNIST, 1, 0).train())
                .extracting(Sample::label)
                .containsExactly("8", "3");
        assertThat(read(Format.MNIST).checksum()).as("runs are not mixed").isNotEqualTo(before);
    }

    @Test
    void aFileOfIndicesCountsImagesOfAllClassesWhateverIsTakenOfThem() throws IOException {
        for (String name : List.of("train/cat/1", "train/cat/2", "train/dog/1", "test/cat/1")) {
            png(name + ".png");
        }
        png("test/dog/1.png");
        write("order.txt", "2\n1\n0\n".getBytes(StandardCharsets.UTF_8));
        orderFile = folder.resolve("order.txt").toString();

        assertThat(read(Format.IMAGE_FOLDER, 1, 1).train())
                .extracting(Sample::label)
                .containsExactly("dog", "cat");
    }

    @Test
    void pointsThatAreMadeCanBeOrderedToo() throws IOException {
        List<String> lines = IntStream.range(0, 800).mapToObj(i -> "" + (799 - i)).toList();
        write("order.txt", String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        List<Sample> plain = read(Format.SYNTHETIC).train();
        orderFile = "order.txt";

        List<Sample> reversed = read(Format.SYNTHETIC).train();

        assertThat(reversed).hasSize(800);
        assertThat(reversed.get(0).input()).isEqualTo(plain.get(799).input());
    }

    @Test
    void aFileOfIndicesThatIsMissingOrWrongIsNamed() throws IOException {
        idx("train", 3, 8);
        idx("t10k", 3, 8);
        orderFile = "order.txt";

        assertThatThrownBy(() -> read(Format.MNIST))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("data.order-file: " + folder.resolve("order.txt") + " is not a file");
        write("order.txt", "0\n0\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(Format.MNIST))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "data: %s:2: 0 is in line 1 already; each index must come once",
                        folder.resolve("order.txt"));
    }

    @Test
    void columnsOfOrderAndTaskAreNoInputs() throws IOException {
        byte[] rows = "at,x,label,day\n2,7,a,tue\n1,5,b,mon\n".getBytes(StandardCharsets.UTF_8);
        write("train.csv", rows);
        write("test.csv", rows);
        csv = new Csv("label", ",", "at", "day");

        Samples named = read(Format.CSV);

        assertThat(named.input().width()).isEqualTo(1);
        assertThat(named.train()).extracting(Sample::label).containsExactly("b", "a");
        assertThat(named.train()).extracting(Sample::task).containsExactly("mon", "tue");
    }

    @Test
    void aBrokenFileIsNamed() throws IOException {
        idx("train", 3);
        idx("t10k", 3);
        write("t10k-labels-idx1-ubyte", new byte[] {1, 2, 3, 4, 5});

        assertThatThrownBy(() -> read(Format.MNIST))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte begins with 0x1020304");
    }

    @Test
    void otherSamplesOrAnotherOrderHaveAnotherChecksum() throws IOException {
        idx("train", 3, 8);
        idx("t10k", 3, 8);
        String first = read(Format.MNIST).checksum();
        assertThat(read(Format.MNIST).checksum()).isEqualTo(first);

        idx("train", 8, 3);

        assertThat(read(Format.MNIST).checksum()).isNotEqualTo(first);
    }
}
