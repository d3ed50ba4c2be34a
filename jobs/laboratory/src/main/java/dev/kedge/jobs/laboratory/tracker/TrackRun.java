// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.connectors.tracker.video.PseudoVideo;
import dev.kedge.operators.encoder.ConvNet;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.IdentityEncoder;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.image.MovingView;
import dev.kedge.operators.learner.Adam;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.PseudoClips;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.TrackedFrame;
import dev.kedge.operators.tracker.ctvis.TrackingLearner;
import dev.kedge.operators.tracker.ctvis.TrackingModel;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One run: learns the videos of the training images once, frame by frame, then tracks videos of
 * images that it has never seen, without learning. Which videos come depends on the seed alone, so
 * that all variants of a seed see the same.
 */
final class TrackRun {
    private static final String KEY = "tracking";

    /** Videos of the training images by which a threshold of cosines is found. */
    private static final int TUNING = 5;

    private static final double[] THRESHOLDS = {
        0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99
    };

    /** Numbers of a video, far enough apart for all of its objects and tracks. */
    private static final long APART = 1_000_000;

    private final TrackExperimentSettings settings;
    private final Images images;
    private final Variant variant;
    private final long seed;

    TrackRun(TrackExperimentSettings settings, Images images, Variant variant, long seed) {
        this.settings = settings;
        this.images = images;
        this.variant = variant;
        this.seed = seed;
    }

    TrackResult run() {
        MemoryPartStore learned = new MemoryPartStore();
        double perSecond = learn(learned);
        double threshold = variant.byCosine() ? threshold(learned) : 0;
        TrackedSequence tracked = track(learned, threshold, testVideos());
        return TrackResult.of(
                List.of(TrackResult.word(variant)),
                List.of(),
                variant.learns(),
                seed,
                tracked,
                threshold,
                perSecond);
    }

    /** Returns frames learned in a second. */
    private double learn(MemoryPartStore learned) {
        TrackExperimentSettings.Videos videos = settings.videos();
        try (TrackingLearner learner = learner(variant.tracker(TrackResult.SAME_PLACE), true)) {
            TrackingModel model = learner.load(KEY, learned);
            List<List<VideoFrame>> all =
                    variant.learns() ? videos("train", images.train(), videos.train()) : List.of();
            long start = System.nanoTime();
            int frames = 0;
            for (List<VideoFrame> video : all) {
                for (VideoFrame frame : video) {
                    model.trackThenLearn(variant.unlabelled() ? withoutIdentities(frame) : frame);
                    frames++;
                }
                model.forgetStream(video.get(0).stream());
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            model.flush(learned);
            return frames / seconds;
        }
    }

    /** The threshold by which the first videos of the training images are tracked best. */
    private double threshold(MemoryPartStore learned) {
        int count = Math.min(TUNING, settings.videos().train());
        List<List<VideoFrame>> videos = videos("train", images.train(), count);
        double best = -1;
        double chosen = 0;
        for (double threshold : THRESHOLDS) {
            double f1 = TrackResult.f1(track(learned, threshold, videos));
            if (f1 > best) {
                best = f1;
                chosen = threshold;
            }
        }
        return chosen;
    }

    private List<List<VideoFrame>> testVideos() {
        return videos("test", images.test(), settings.videos().test());
    }

    private List<List<VideoFrame>> videos(String name, List<byte[]> from, int count) {
        RestorableRandom random = RestorableRandom.seeded(seed, name);
        List<List<VideoFrame>> videos = new ArrayList<>(count);
        for (int v = 0; v < count; v++) {
            PseudoVideo video =
                    new PseudoVideo(
                            Images.draw(from, settings.videos().objects(), random),
                            images.shape(),
                            PseudoVideo.Settings.DEFAULT,
                            seed * APART + v);
            String stream = name + " " + v;
            videos.add(
                    IntStream.range(0, settings.videos().frames())
                            .mapToObj(n -> video.next(stream))
                            .toList());
        }
        return videos;
    }

    private TrackedSequence track(
            MemoryPartStore learned, double threshold, List<List<VideoFrame>> videos) {
        TrackedSequence sequence = new TrackedSequence();
        try (TrackingLearner learner = learner(variant.tracker(threshold), false)) {
            TrackingModel model = learner.load(KEY, learned);
            for (int v = 0; v < videos.size(); v++) {
                for (VideoFrame frame : videos.get(v)) {
                    add(sequence, frame, model.track(withoutIdentities(frame)), v * APART);
                }
                model.forgetStream(videos.get(v).get(0).stream());
            }
        }
        return sequence;
    }

    /** Adds a frame: a track is at the place of the object whose detection it took. */
    private static void add(
            TrackedSequence sequence, VideoFrame frame, TrackedFrame tracked, long base) {
        List<Long> truth = new ArrayList<>();
        List<Long> tracks = new ArrayList<>();
        List<Integer> objects = new ArrayList<>();
        for (int d = 0; d < tracked.tracks().size(); d++) {
            String identity = frame.detections().get(d).identity();
            Track track = tracked.tracks().get(d);
            int object = identity.isEmpty() ? -1 : truth.size();
            if (object >= 0) {
                truth.add(base + Long.parseLong(identity.substring(1)));
            }
            if (!track.dropped()) {
                tracks.add(base + track.id());
                objects.add(object);
            }
        }
        double[] similarity = new double[truth.size() * tracks.size()];
        for (int j = 0; j < tracks.size(); j++) {
            if (objects.get(j) >= 0) {
                similarity[objects.get(j) * tracks.size() + j] = 1;
            }
        }
        sequence.add(numbers(truth), numbers(tracks), similarity);
    }

    private static long[] numbers(List<Long> list) {
        return list.stream().mapToLong(Long::longValue).toArray();
    }

    private static VideoFrame withoutIdentities(VideoFrame frame) {
        List<Detection> detections =
                frame.detections().stream().map(detection -> detection.withIdentity("")).toList();
        return new VideoFrame(frame.stream(), frame.frame(), frame.at(), detections);
    }

    private TrackingLearner learner(OnlineTracker.Settings tracker, boolean learns) {
        ImageShape shape = images.shape();
        TrackExperimentSettings.Learner common = settings.learner();
        TrackingSettings tracking =
                TrackingSettings.of(
                                new TrackingSettings.Input(
                                        shape.bytes(), InputForm.BYTES, common.normalisation()),
                                variant.plain() ? 0 : common.embedding(),
                                seed)
                        .with("bank", variant.bank())
                        .with("tracker", tracker)
                        .with(
                                "learning",
                                learns ? variant.learning(common) : TrackingSettings.Learning.NEVER)
                        .with(
                                "bounds",
                                new TrackingSettings.Bounds(4, settings.videos().objects() + 1));
        return new TrackingLearner(
                tracking,
                encoder(shape, common),
                new Adam(common.rate()),
                PseudoClips.ofImages(shape, MovingView.Settings.REFERENCE));
    }

    private EncoderFactory encoder(ImageShape shape, TrackExperimentSettings.Learner common) {
        if (variant.plain()) {
            return (layout, rows, product) -> new IdentityEncoder(shape.bytes());
        }
        ConvNet.Settings sides =
                new ConvNet.Settings(
                        shape.channels(),
                        shape.height(),
                        shape.width(),
                        common.convolutions(),
                        common.features());
        return (layout, rows, product) -> new ConvNet(layout, sides, rows, product);
    }
}
