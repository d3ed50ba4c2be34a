// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.image.ImageSet;
import dev.kedge.jobs.command.demo.TrackerDemo;
import dev.kedge.operators.image.ImageShape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a broker, Flink, cameras of moving images, the tracker and its page in one process. */
@Command(
        name = "tracker",
        mixinStandardHelpOptions = true,
        description =
                "Images that move, turn, are hidden, leave and come back, live: broker, Flink, cameras, tracker and page in this process. Ctrl-C ends it.",
        footer = {
            "",
            "Examples:",
            "  kedge demo tracker --for 60s",
            "  kedge demo tracker --images /data/cifar10 --cameras 3"
        })
final class TrackerDemoCommand implements Callable<Integer>, EndsItself {
    private static final Duration ENDING = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ImageShape DRAWN = new ImageShape(3, 32, 32);
    private static final int SHAPES = 100;
    private static final int LARGEST_SIDE = 128;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description =
                    "A folder with folders of images, or one that has it as 'train' (default: drawn shapes).")
    private Optional<Path> images = Optional.empty();

    @Option(
            names = "--per-class",
            paramLabel = "COUNT",
            defaultValue = "50",
            description = "Images to read of each folder; 0 for all (default: ${DEFAULT-VALUE}).")
    private int perClass;

    @Option(
            names = "--cameras",
            paramLabel = "COUNT",
            defaultValue = "2",
            description = "Cameras (default: ${DEFAULT-VALUE}).")
    private int cameras;

    @Option(
            names = "--rate",
            paramLabel = "FRAMES",
            defaultValue = "5",
            description = "Frames a second of each camera (default: ${DEFAULT-VALUE}).")
    private double rate;

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
            description = "Seed of the cameras and the model (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec private CommandSpec spec;

    /** What moves. */
    private record Cast(List<byte[]> images, ImageShape shape) {}

    @Override
    public Integer call() {
        DemoChecks.require(
                rate > 0 && rate <= 100, "--rate", rate, "above 0, at most 100 a second");
        DemoChecks.require(cameras >= 1 && cameras <= 16, "--cameras", cameras, "between 1 and 16");
        DemoChecks.require(perClass >= 0, "--per-class", perClass, "0 or more");
        DemoChecks.port(port);
        Cast cast =
                images.map(this::read)
                        .orElseGet(() -> new Cast(ShapeImages.make(SHAPES, DRAWN, seed), DRAWN));
        Path folder = DemoFolder.create();
        try (Interrupt interrupt = new Interrupt()) {
            run(interrupt, folder, cast);
        } finally {
            FileUtils.deleteDirectoryQuietly(folder.toFile());
        }
        return 0;
    }

    private Cast read(Path folder) {
        ImageSet set = DemoChecks.images(folder, perClass);
        int least = TrackerDemo.leastImages();
        String many = "a folder with at least " + least + " images";
        DemoChecks.require(set.images().size() >= least, "--images", folder, many);
        String small = "of images whose sides are at most " + LARGEST_SIDE;
        int side = Math.max(set.height(), set.width());
        DemoChecks.require(side <= LARGEST_SIDE, "--images", folder, small);
        return new Cast(set.pixels(), set.shape());
    }

    private void run(Interrupt interrupt, Path folder, Cast cast) {
        PrintWriter out = spec.commandLine().getOut();
        TrackerDemo.Options options = new TrackerDemo.Options(port, seed, cameras, rate, folder);
        try (TrackerDemo demo = new TrackerDemo(options, cast.images(), cast.shape())) {
            DemoLines lines = new DemoLines(demo, interrupt, out);
            lines.follow(
                    Optional.ofNullable(duration),
                    () ->
                            format(
                                    "%,d records, %,d dead letters; %s",
                                    demo.played(), demo.deadLetters(), figures(demo)));
            demo.stopPlaying();
            settle(lines, demo);
            out.println("Reached: " + figures(demo));
            out.flush();
        }
    }

    /** Waits for what is on its way; longer where nothing has come at all. */
    private static void settle(DemoLines lines, TrackerDemo demo) {
        Instant asked = Instant.now();
        Instant enough = asked.plus(ENDING);
        Instant latest = asked.plus(PATIENCE);
        lines.settle(
                () -> Instant.now().isBefore(demo.newest().isPresent() ? enough : latest),
                lines::requireRunning);
    }

    private static String figures(TrackerDemo demo) {
        return demo.newest().map(TrackerDemo::line).orElse("no metrics yet");
    }
}
