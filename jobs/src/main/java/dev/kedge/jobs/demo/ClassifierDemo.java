// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.demo;

import dev.kedge.connectors.broker.EmbeddedBroker;
import dev.kedge.connectors.simulator.ClassImages;
import dev.kedge.connectors.simulator.ClassStream;
import dev.kedge.connectors.simulator.ClassStreamConfig;
import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.simulator.RecordPlayer;
import dev.kedge.jobs.Opened;
import dev.kedge.jobs.classifier.ClassifierBoard;
import dev.kedge.jobs.classifier.ClassifierFeed;
import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.classifier.ClassifierJob;
import dev.kedge.jobs.classifier.ClassifierPages;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.dashboard.DashboardServer;
import dev.kedge.jobs.dashboard.JobHealth;
import dev.kedge.jobs.feed.CountingListener;
import dev.kedge.jobs.feed.JobWatch;
import dev.kedge.jobs.feed.LocalTopics;
import dev.kedge.jobs.flink.EmbeddedJob;
import dev.kedge.operators.classifier.ClassifierMetrics;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.image.ImageShape;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything in one process: a real broker, a real Flink with RocksDB, a stream of images whose
 * classes arrive one after another, the classifier and its page.
 */
public final class ClassifierDemo implements AutoCloseable {
    private static final String MODEL = "images";

    private final ClassifierBoard board = new ClassifierBoard(Clock.systemUTC());
    private final JobHealth health = new JobHealth(Clock.systemUTC());
    private final CountingListener<ClassifierScore, ClassifierMetrics> listener =
            new CountingListener<>(board);
    private final AtomicLong played = new AtomicLong();
    private final Opened opened = new Opened();
    private final DashboardServer dashboard;
    private final JobWatch watch;
    private final PlayedStream stream;

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
        try {
            dashboard =
                    opened.keep(
                            ClassifierPages.server(
                                            board,
                                            Optional.of(images.shape()),
                                            health,
                                            Optional.empty())
                                    .start(options.port()));
            EmbeddedBroker broker =
                    opened.keep(EmbeddedBroker.start(options.folder().resolve("broker")));
            ClassifierFile settings = settings(broker.bootstrapServers(), options, images);
            LocalTopics.create(settings);
            watch =
                    new JobWatch(
                            opened.keep(
                                    EmbeddedJob.start(
                                            new ClassifierJob(settings), Optional.empty())),
                            health);
            opened.keep(ClassifierFeed.of(settings, listener, board).start());
            stream = opened.keep(play(settings, options, images));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static ClassifierFile settings(
            String bootstrapServers, Options options, ClassImages images) {
        ImageShape shape = images.shape();
        String yaml =
                String.format(
                        Locale.ROOT,
                        """
                        job: classifier
                        name: kedge-demo
                        kafka: {bootstrap-servers: '%s'}
                        checkpoints: {every: 1 s, directory: '%s'}
                        classifier:
                          input: {image: {channels: %d, height: %d, width: %d}}
                          encoder: {kind: convnet, convnet: {convolutions: [16, 32], features: 64}}
                          learning: {views: 1, optimiser: {rate: 0.05, momentum: 0.5}}
                          classes: {most: %d}
                          replay: {capacity: 500, batch: 20}
                          join: {within: 30 s, samples: 500}
                          evaluation: {window: 500, class-window: 50, rank-of: 100, every: 1 s}
                          seed: %d
                        """,
                        bootstrapServers,
                        options.folder().resolve("checkpoints").toAbsolutePath().toUri(),
                        shape.channels(),
                        shape.height(),
                        shape.width(),
                        Math.max(10, images.labels().size()),
                        options.seed());
        return StrictYaml.parse(yaml, ClassifierFile.DEFAULT, ClassifierFile.class, "demo");
    }

    private PlayedStream play(ClassifierFile settings, Options options, ClassImages images) {
        RecordPlayer player =
                new RecordPlayer(
                        settings.kafka().bootstrapServers(),
                        settings.topics().samples(),
                        Pace.times(1),
                        (records, at) -> played.set(records));
        ClassStreamConfig config =
                ClassStreamConfig.of(
                                MODEL, settings.topics().labels(), Instant.now(), options.seed())
                        .at(options.samplesPerSecond(), options.newClassEvery());
        return PlayedStream.start(player, new ClassStream(config, images));
    }

    /** Where to look. */
    public URI uri() {
        return dashboard.uri();
    }

    /** Why the job is over, if it is. */
    public Optional<String> failure() {
        return watch.look();
    }

    /** Ends the stream; the job goes on with what is on its way. */
    public void stopPlaying() {
        stream.stop();
    }

    /** Records played so far, samples and labels. */
    public long played() {
        return played.get();
    }

    /** Scores read back so far; a sample whose label came later has two. */
    public long scores() {
        return listener.scores();
    }

    /** Records refused so far. */
    public long deadLetters() {
        return listener.deadLetters();
    }

    /** The model's newest metrics. */
    public Optional<ClassifierMetrics> newest() {
        List<ClassifierMetrics> models = board.newest();
        return models.stream().findFirst();
    }

    /** One line of figures. */
    public static String line(ClassifierMetrics metrics) {
        return String.format(
                Locale.ROOT,
                "%,d samples, %,d judged, %d classes, accuracy %s (newest %s), forgetting %s, embedding rank %s",
                metrics.samples(),
                metrics.judged(),
                metrics.classes().size(),
                percent(metrics.accuracy()),
                percent(metrics.windowAccuracy()),
                percent(metrics.forgetting()),
                Double.isNaN(metrics.rank())
                        ? "n/a"
                        : String.format(Locale.ROOT, "%.1f", metrics.rank()));
    }

    private static String percent(double value) {
        return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }

    @Override
    public void close() {
        opened.close();
    }
}
