// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.connectors.image.ImageSet;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.data.CifarReader;
import dev.kedge.jobs.laboratory.data.DatasetFormatException;
import dev.kedge.jobs.laboratory.data.ImageFolderReader;
import dev.kedge.jobs.laboratory.data.IndexFile;
import dev.kedge.jobs.laboratory.data.MnistReader;
import dev.kedge.jobs.laboratory.data.VectorColumns;
import dev.kedge.jobs.laboratory.data.VectorCsvReader;
import dev.kedge.jobs.laboratory.data.VectorSet;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the data of an experiment. */
final class DataFolder {
    private final ExperimentSettings.Data settings;
    private final Path folder;

    private DataFolder(ExperimentSettings.Data settings) {
        this.settings = settings;
        this.folder = Path.of(settings.path());
    }

    /**
     * Reads it.
     *
     * @throws ConfigurationException if it is not there, or not of its format
     */
    static Samples read(ExperimentSettings.Data settings) {
        DataFolder data = new DataFolder(settings);
        if (settings.format() == ExperimentSettings.Format.SYNTHETIC) {
            return data.read();
        }
        if (settings.path().isBlank()) {
            throw new ConfigurationException(
                    "data.path: '' is not allowed; it must be a folder (--data names one too)");
        }
        if (!Files.isDirectory(data.folder)) {
            throw new ConfigurationException("data.path: " + data.folder + " is not a folder");
        }
        return data.read().first(settings.trainPerClass(), settings.testPerClass()).checked();
    }

    private Samples read() {
        try {
            return switch (settings.format()) {
                case IMAGE_FOLDER -> imageFolder();
                case MNIST -> images(idx("train"), idx("t10k"));
                case CIFAR_10 -> cifar10();
                case CIFAR_100 -> cifar100();
                case CSV -> csv();
                case SYNTHETIC -> clouds();
            };
        } catch (DatasetFormatException e) {
            throw new ConfigurationException("data: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new ConfigurationException("data: a file below " + folder + " is not UTF-8");
        } catch (IOException e) {
            throw new ConfigurationException("data: cannot be read (" + e.getMessage() + ")");
        }
    }

    private Samples clouds() throws IOException {
        Samples made = Clouds.make(settings.synthetic());
        return made.withTrain(ordered(made.train()));
    }

    private Samples imageFolder() throws IOException {
        // A file of indices counts all that there are.
        int each = settings.orderFile().isEmpty() ? settings.trainPerClass() : 0;
        return images(
                ImageFolderReader.read(required("train"), each),
                ImageFolderReader.read(required("test"), settings.testPerClass()));
    }

    private ImageSet idx(String part) throws IOException {
        return MnistReader.read(
                required(part + "-images-idx3-ubyte", part + "-images-idx3-ubyte.gz"),
                required(part + "-labels-idx1-ubyte", part + "-labels-idx1-ubyte.gz"));
    }

    private Samples cifar10() throws IOException {
        List<Path> train =
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> required("data_batch_" + i + ".bin"))
                        .toList();
        return images(
                CifarReader.read(CifarReader.Variant.CIFAR_10, train),
                CifarReader.read(
                        CifarReader.Variant.CIFAR_10, List.of(required("test_batch.bin"))));
    }

    private Samples cifar100() throws IOException {
        return images(
                CifarReader.read(CifarReader.Variant.CIFAR_100, List.of(required("train.bin"))),
                CifarReader.read(CifarReader.Variant.CIFAR_100, List.of(required("test.bin"))));
    }

    private Samples csv() throws IOException {
        VectorSet train = vectors("train.csv");
        VectorSet test = vectors("test.csv");
        if (!train.columns().equals(test.columns())) {
            throw DatasetFormatException.of(
                    "train.csv has columns %s, test.csv %s", train.columns(), test.columns());
        }
        if (train.columns().isEmpty()) {
            throw new DatasetFormatException("train.csv has no column besides the label");
        }
        return Samples.ofVectors(train.columns().size(), ordered(samples(train)), samples(test));
    }

    private VectorSet vectors(String name) throws IOException {
        ExperimentSettings.Csv csv = settings.csv();
        VectorColumns columns = new VectorColumns(csv.label(), csv.order(), csv.task());
        return VectorCsvReader.read(required(name), columns, csv.delimiter().charAt(0));
    }

    private Samples images(ImageSet train, ImageSet test) throws IOException {
        ImageShape shape = train.shape();
        ImageShape other = test.shape();
        if (!shape.equals(other)) {
            throw DatasetFormatException.of("training images are %s, test images %s", shape, other);
        }
        return Samples.ofImages(shape, ordered(samples(train)), samples(test));
    }

    /** Training samples in the order of a file of indices, if there is one. */
    private List<Sample> ordered(List<Sample> train) throws IOException {
        if (settings.orderFile().isEmpty()) {
            return train;
        }
        Path file = folder.resolve(settings.orderFile());
        if (!Files.isRegularFile(file)) {
            throw new ConfigurationException("data.order-file: " + file + " is not a file");
        }
        return Arrays.stream(IndexFile.read(file, train.size())).mapToObj(train::get).toList();
    }

    private static List<Sample> samples(ImageSet set) {
        return set.images().stream().map(i -> new Sample(i.pixels(), i.label())).toList();
    }

    private static List<Sample> samples(VectorSet set) {
        return set.rows().stream()
                .map(row -> new Sample(InputForm.encode(row.values()), row.label(), row.task()))
                .toList();
    }

    /** The first of some names that is there. */
    private Path required(String... names) {
        return Stream.of(names)
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(
                        () ->
                                ConfigurationException.of(
                                        "data.path: %s has no %s",
                                        folder, String.join(" or ", names)));
    }
}
