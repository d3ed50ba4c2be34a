// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command.demo;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.simulator.Pace;
import dev.kedge.connectors.tracker.video.CameraStream;
import dev.kedge.connectors.tracker.video.PseudoVideo;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.feed.OutputFeed;
import dev.kedge.jobs.tracker.TrackerBoard;
import dev.kedge.jobs.tracker.TrackerFeed;
import dev.kedge.jobs.tracker.TrackerFile;
import dev.kedge.jobs.tracker.TrackerJob;
import dev.kedge.jobs.tracker.TrackerPages;
import dev.kedge.jobs.tracker.TrackerRivals;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Everything in one process: a real broker, a real Flink with RocksDB, cameras that show moving
 * images, the tracker and its page. The tracker never learns from the true identities; it is only
 * judged by them.
 */
public final class TrackerDemo extends LiveDemo {
    private static final String MODEL = "cameras";
    private static final int OBJECTS = 6;
    private static final int FRAMES = 150;
    private static final int LATENESS = 400;
    private static final double LATE = 0.1;
    private static final double FAULTS = 0.005;
    private static final PseudoVideo.Settings VIDEO =
            new PseudoVideo.Settings(5, 0.1, 8, 0.02, 8, 0.03, 0.05);

    private final TrackerBoard board;

    /**
     * What can be chosen.
     *
     * @param port port of the page, 0 for any free one
     * @param seed seed of cameras and model
     * @param cameras how many cameras there are
     * @param framesPerSecond frames a second of each
     * @param folder where broker and checkpoints keep their files
     */
    public record Options(int port, long seed, int cameras, double framesPerSecond, Path folder) {}

    /**
     * Starts everything; the page first, so that an occupied port is noticed before all else.
     *
     * @param images what moves: at least {@link #leastImages}
     * @param shape sides of the images
     */
    public TrackerDemo(Options options, List<byte[]> images, ImageShape shape) {
        this(options, images, shape, new TrackerBoard(Clock.systemUTC()));
    }

    private TrackerDemo(
            Options options, List<byte[]> images, ImageShape shape, TrackerBoard board) {
        super(options.port(), options.folder(), board, parts(options, images, shape, board));
        this.board = board;
    }

    private static Parts<TrackerFile, TrackerScore, TrackerMetrics> parts(
            Options options, List<byte[]> images, ImageShape shape, TrackerBoard board) {
        return new Parts<>(
                health -> TrackerPages.server(board, input(shape), health, Optional.empty()),
                servers -> settings(servers, options, shape),
                TrackerJob::new,
                (settings, listener) -> feed(settings, listener, board),
                settings -> play(settings, options, images, shape));
    }

    /** The page's feed; what learns nothing tracks along, from the same frames. */
    private static OutputFeed<TrackerScore, TrackerMetrics> feed(
            TrackerFile settings,
            OutputFeed.Listener<TrackerScore, TrackerMetrics> listener,
            TrackerBoard board) {
        TrackerRivals rivals = TrackerRivals.on(board, settings.tracker());
        return TrackerFeed.of(
                        settings,
                        listener,
                        frame -> {
                            board.picture(frame);
                            rivals.accept(frame);
                        })
                .atEnd(rivals::close);
    }

    private static TrackerSettings.Input input(ImageShape shape) {
        return new TrackerSettings.Input(
                0, new ImageShape(shape.channels(), shape.height(), shape.width()));
    }

    /** How many different images there have to be. */
    public static int leastImages() {
        return OBJECTS;
    }

    /** The job's file. */
    public static TrackerFile settings(String bootstrapServers, Options options, ImageShape shape) {
        String folder = checkpoints(options.folder());
        int cameras = options.cameras();
        String yaml =
                format(
                        """
                        job: tracker
                        name: kedge-demo
                        kafka: {bootstrap-servers: '%s', lost-records: skip}
                        checkpoints: {every: 1 s, directory: '%s'}
                        tracker:
                          input: {crop: %s}
                          encoder: {kind: convnet, convnet: {convolutions: [16, 32], features: 64}}
                          embedding: 32
                          embedding-scale: 3
                          association: {match: cosine, match-threshold: 0.6}
                          learning: {frames: 5}
                          optimiser: {rate: 0.001}
                          bounds: {streams: %d, detections: 16}
                          ordering: {lateness: %d ms, idle: 2 s}
                          evaluation: {window: 150, every: 1 s, judge-only: true}
                          seed: %d
                        """,
                        bootstrapServers, folder, sides(shape), cameras, LATENESS, options.seed());
        return StrictYaml.parse(yaml, TrackerFile.DEFAULT, TrackerFile.class, "demo");
    }

    /** What the cameras show, from a moment on. */
    public static CameraStream cameras(
            Options options, List<byte[]> images, ImageShape shape, long start) {
        int cameras = options.cameras();
        long seed = options.seed();
        long between = Math.max(1, Math.round(1000 / options.framesPerSecond()));
        CameraStream.Settings settings =
                new CameraStream.Settings(
                        MODEL, cameras, OBJECTS, FRAMES, start, between, LATE, LATENESS, FAULTS,
                        VIDEO, seed);
        return new CameraStream(images, shape, settings);
    }

    private static Play play(
            TrackerFile settings, Options options, List<byte[]> images, ImageShape shape) {
        long now = Clock.systemUTC().millis();
        return new Play(
                settings.topics().frames(), Pace.times(1), cameras(options, images, shape, now));
    }

    /** The model's newest metrics. */
    public Optional<TrackerMetrics> newest() {
        return board.newest().stream().findFirst();
    }

    /** One line of figures. */
    public static String line(TrackerMetrics metrics) {
        TrackerMetrics.Counts counts = metrics.counts();
        String idf1 = percent(metrics.identity().idf1());
        String association = percent(metrics.identity().association());
        return format("%,d frames, %,d detections, ", counts.frames(), counts.detections())
                + format(
                        "%,d tracks, IDF1 %s, association %s, ", counts.births(), idf1, association)
                + format("%,d ID switches in %,d judged", counts.switches(), counts.judged());
    }
}
