// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.cli;

import dev.kedge.connectors.dataset.DatasetFormatException;
import dev.kedge.connectors.dataset.ImageFolderReader;
import dev.kedge.connectors.simulator.ClassImages;
import dev.kedge.connectors.simulator.DrawnShapes;
import dev.kedge.connectors.simulator.FolderImages;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.demo.ClassifierDemo;
import dev.kedge.jobs.flink.JobFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a broker, Flink, a stream of images, the classifier and its page in one process. */
@Command(
        name = "classifier",
        mixinStandardHelpOptions = true,
        description =
                "A classifier whose classes keep arriving, live: broker, Flink, a stream of images, job and page in this process. Ctrl-C ends it.",
        footer = {
            "",
            "Examples:",
            "  kedge demo classifier --for 60s",
            "  kedge demo classifier --images /data/mnist --rate 200"
        })
final class ClassifierDemoCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration START = Duration.ofSeconds(4);
    private static final Duration NEW_CLASS = Duration.ofSeconds(10);
    private static final Duration ENDING = Duration.ofSeconds(3);

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "A folder of images for each class, or one that has it as 'train' (default: drawn shapes).")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--per-class",
            paramLabel = "COUNT",
            defaultValue = "500",
            description = "Images to read of each class; 0 for all (default: ${DEFAULT-VALUE}).")
    private int perClass;

    @Option(
            names = "--rate",
            paramLabel = "SAMPLES",
            defaultValue = "100",
            description = "Samples a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--new-class",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Time between two new classes (default: 10s; with --for, so that all come).")
    private Duration newClass;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "End after so much time of running, for example 60s (default: only with Ctrl-C).")
    private Duration duration;

    @Option(
            names = "--port",
            defaultValue = "8088",
            description = "Port of the page, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--seed",
            defaultValue = "17",
            description = "Seed of the stream and the model (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        require(rate > 0 && rate <= 10_000, "--rate", rate, "above 0, at most 10000 a second");
        require(perClass >= 0, "--per-class", perClass, "0 or more");
        require(port >= 0 && port <= 65_535, "--port", port, "between 0 and 65535");
        ClassImages classes = images.map(this::read).orElseGet(DrawnShapes::new);
        Path folder = DemoFolder.create();
        try (Interrupt interrupt = new Interrupt()) {
            run(interrupt, folder, classes);
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    private ClassImages read(Path folder) {
        Path train = folder.resolve("train");
        try {
            FolderImages read =
                    new FolderImages(
                            ImageFolderReader.read(
                                    Files.isDirectory(train) ? train : folder, perClass));
            require(
                    read.labels().size() >= 2,
                    "--images",
                    folder,
                    "a folder with a folder of images for each of at least two classes");
            return read;
        } catch (DatasetFormatException e) {
            throw new ConfigurationException("--images: " + e.getMessage());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--images: " + folder + " cannot be read (" + e.getMessage() + ")");
        }
    }

    /** With an end, the last class comes when two thirds of the time are over that the job runs. */
    private Duration newClassEvery(int classes) {
        if (newClass != null) {
            return newClass;
        }
        if (duration == null) {
            return NEW_CLASS;
        }
        long left = Math.max(2000, duration.minus(START).toMillis()) * 2 / 3;
        return Duration.ofMillis(Math.max(1, left / Math.max(1, classes - 2)));
    }

    private void run(Interrupt interrupt, Path folder, ClassImages classes) {
        PrintWriter out = spec.commandLine().getOut();
        Duration every = newClassEvery(classes.labels().size());
        try (ClassifierDemo demo =
                new ClassifierDemo(
                        new ClassifierDemo.Options(port, seed, rate, every, folder), classes)) {
            out.println("Kedge runs: open " + demo.uri() + " (Ctrl-C ends it)");
            out.flush();
            // From here on, so that a slow start leaves the same time to learn.
            Instant began = Instant.now();
            Optional<Instant> end = Optional.ofNullable(duration).map(began::plus);
            boolean over = false;
            while (!over) {
                over =
                        interrupt.await(untilNextLine(end))
                                || end.filter(Instant.now()::isAfter).isPresent();
                demo.failure()
                        .ifPresent(
                                reason -> {
                                    throw new JobFailedException("the job is over: " + reason);
                                });
                out.printf(
                        "%4d s  %,d records, %,d scores, %,d dead letters; %s%n",
                        Duration.between(began, Instant.now()).toSeconds(),
                        demo.played(),
                        demo.scores(),
                        demo.deadLetters(),
                        figures(demo));
                out.flush();
            }
            demo.stopPlaying();
            settle(interrupt, demo);
            out.println("Reached: " + figures(demo));
            out.flush();
        }
    }

    /** Waits for what is on its way, as long as more comes. */
    private static void settle(Interrupt interrupt, ClassifierDemo demo) {
        Instant until = Instant.now().plus(ENDING);
        while (Instant.now().isBefore(until) && !interrupt.await(LOOK)) {
            demo.failure();
        }
    }

    private static String figures(ClassifierDemo demo) {
        return demo.newest().map(ClassifierDemo::line).orElse("no metrics yet");
    }

    private static Duration untilNextLine(Optional<Instant> end) {
        Duration left =
                end.map(at -> Duration.between(Instant.now(), at).plusMillis(1))
                        .orElse(BETWEEN_LINES);
        Duration least = left.compareTo(BETWEEN_LINES) < 0 ? left : BETWEEN_LINES;
        return least.isNegative() ? Duration.ZERO : least;
    }

    private static void require(boolean holds, String option, Object value, String allowed) {
        if (!holds) {
            throw new ConfigurationException(
                    option + ": " + value + " is not allowed; it must be " + allowed);
        }
    }
}
