// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.classifier.shapes.ClassImages;
import dev.kedge.connectors.classifier.shapes.ClassStream;
import dev.kedge.connectors.classifier.shapes.ClassStreamConfig;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.jobs.classifier.ClassifierBoard;
import dev.kedge.jobs.classifier.ClassifierFeed;
import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.classifier.ClassifierJob;
import dev.kedge.jobs.classifier.ClassifierPages;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.image.ImageShape;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything in one process: a real broker, a real Flink with RocksDB, a stream of images whose
 * classes arrive one after another, the classifier and its page.
 */
public final class ClassifierDemo extends LiveDemo {
    private static final String MODEL = "images";

    private final ClassifierBoard board;

    /**
     * What can be chosen.
     *
     * @param port port of the page, 0 for any free one
     * @param seed seed of stream and model
     * @param samplesPerSecond samples a second
     * @param newClassEvery time between two new classes
     * @param folder where broker and checkpoints keep their files
     */
    public record Options(
            int port, long seed, double samplesPerSecond, Duration newClassEvery, Path folder) {}

    /** Starts everything; the page first, so that an occupied port is noticed before all else. */
    public ClassifierDemo(Options options, ClassImages images) {
        this(options, images, new ClassifierBoard(Clock.systemUTC()));
    }

    private ClassifierDemo(Options options, ClassImages images, ClassifierBoard board) {
        super(options.port(), options.folder(), board, parts(options, images, board));
        this.board = board;
    }

    private static Parts<ClassifierFile, ClassifierScore, ClassifierMetrics> parts(
            Options options, ClassImages images, ClassifierBoard board) {
        Optional<ImageShape> shape = Optional.of(images.shape());
        return new Parts<>(
                health -> ClassifierPages.server(board, shape, health, Optional.empty()),
                servers -> settings(servers, options, images),
                ClassifierJob::new,
                (settings, listener) -> ClassifierFeed.of(settings, listener, board),
                settings -> play(settings, options, images));
    }

    private static ClassifierFile settings(
            String bootstrapServers, Options options, ClassImages images) {
        String folder = checkpoints(options.folder());
        int classes = Math.max(10, images.labels().size());
        String yaml =
                format(
                        """
                        job: classifier
                        name: kedge-demo
                        kafka: {bootstrap-servers: '%s', lost-records: skip}
                        checkpoints: {every: 1 s, directory: '%s'}
                        classifier:
                          input: {image: %s}
                          encoder: {kind: convnet, convnet: {convolutions: [16, 32], features: 64}}
                          learning: {views: 1, optimiser: {rate: 0.05, momentum: 0.5}}
                          classes: {most: %d}
                          replay: {capacity: 500, batch: 20}
                          join: {within: 30 s, samples: 500}
                          evaluation: {window: 500, class-window: 50, rank-of: 100, every: 1 s}
                          seed: %d
                        """,
                        bootstrapServers, folder, sides(images.shape()), classes, options.seed());
        return StrictYaml.parse(yaml, ClassifierFile.DEFAULT, ClassifierFile.class, "demo");
    }

    private static Play play(ClassifierFile settings, Options options, ClassImages images) {
        ClassStreamConfig config =
                ClassStreamConfig.of(
                                MODEL, settings.topics().labels(), Instant.now(), options.seed())
                        .at(options.samplesPerSecond(), options.newClassEvery());
        return new Play(
                settings.topics().samples(), Pace.times(1), new ClassStream(config, images));
    }

    /** The model's newest metrics. */
    public Optional<ClassifierMetrics> newest() {
        List<ClassifierMetrics> models = board.newest();
        return models.stream().findFirst();
    }

    /** One line of figures. */
    public static String line(ClassifierMetrics metrics) {
        ClassifierMetrics.Counts counts = metrics.counts();
        ClassifierMetrics.Quality quality = metrics.quality();
        String rank = Double.isNaN(quality.rank()) ? "n/a" : format("%.1f", quality.rank());
        return format("%,d samples, %,d judged, ", counts.samples(), counts.judged())
                + (metrics.classes().size() + " classes, accuracy " + percent(quality.accuracy()))
                + (" (newest " + percent(quality.windowAccuracy()) + "), forgetting ")
                + (percent(quality.forgetting()) + ", embedding rank " + rank);
    }
}
