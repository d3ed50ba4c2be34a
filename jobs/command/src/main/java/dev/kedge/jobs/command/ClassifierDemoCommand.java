// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.classifier.shapes.ClassImages;
import dev.kedge.connectors.classifier.shapes.DrawnShapes;
import dev.kedge.connectors.classifier.shapes.FolderImages;
import dev.kedge.connectors.image.ImageSet;
import dev.kedge.jobs.command.demo.ClassifierDemo;
import java.io.PrintWriter;
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
final class ClassifierDemoCommand implements Callable<Integer>, EndsItself {
    private static final Duration START = Duration.ofSeconds(4);
    private static final Duration NEW_CLASS = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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
                    "End when the job has run so long, for example 60s (default: only with Ctrl-C).")
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
        DemoChecks.require(
                rate > 0 && rate <= 10_000, "--rate", rate, "above 0, at most 10000 a second");
        DemoChecks.require(perClass >= 0, "--per-class", perClass, "0 or more");
        DemoChecks.port(port);
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
        ImageSet set = DemoChecks.images(folder, perClass);
        FolderImages read = new FolderImages(set.shape(), set.byLabel());
        String allowed = "a folder with a folder of images for each of at least two classes";
        DemoChecks.require(read.labels().size() >= 2, "--images", folder, allowed);
        return read;
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
            DemoLines lines = new DemoLines(demo, interrupt, out);
            lines.follow(
                    Optional.ofNullable(duration),
                    () ->
                            format(
                                    "%,d records, %,d scores, %,d dead letters; %s",
                                    demo.played(),
                                    demo.scores(),
                                    demo.deadLetters(),
                                    figures(demo)));
            demo.stopPlaying();
            settle(lines, demo);
            out.println("Reached: " + figures(demo));
            out.flush();
        }
    }

    /** Waits for what is on its way; longer where nothing has come at all. */
    private static void settle(DemoLines lines, ClassifierDemo demo) {
        Instant asked = Instant.now();
        Instant enough = asked.plus(ENDING);
        Instant latest = asked.plus(PATIENCE);
        lines.settle(
                () -> Instant.now().isBefore(demo.newest().isPresent() ? enough : latest),
                lines::requireRunning);
    }

    private static String figures(ClassifierDemo demo) {
        return demo.newest().map(ClassifierDemo::line).orElse("no metrics yet");
    }
}
