// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.peers;

import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.tracker.video.PseudoVideo;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.tracker.TrackerFile;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.stream.Outlet;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.operators.tracker.metrics.IdentityFigures;
import dev.kedge.operators.tracker.metrics.TrackedSequence;
import dev.kedge.state.part.MemoryPartStore;
import dev.kedge.tests.bench.report.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Kedge's tracker, which looks at pixels and learns, beside {@link Sort}, on the demo's video. */
final class TrackPeers {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int OBJECTS = 6;
    private static final int SHAPES = 100;
    private static final long SEED = 201;
    private static final double SAME = 0.5;
    private static final String STREAM = "camera";
    private static final PseudoVideo.Settings VIDEO =
            new PseudoVideo.Settings(5, 0.1, 8, 0.02, 8, 0.03, 0.05);

    private final Findings findings;

    TrackPeers(Findings findings) {
        this.findings = findings;
    }

    void run(int frames) {
        List<VideoFrame> video = video(frames);
        Sort sort = new Sort();
        tell("SORT-like, boxes alone, learns nothing", video, f -> sort.track(f.detections()));
        try (Kedge kedge = new Kedge()) {
            tell("Kedge, convnet and memory bank, learns", video, kedge::track);
        }
    }

    private static List<VideoFrame> video(int frames) {
        PseudoVideo video =
                new PseudoVideo(
                        ShapeImages.make(SHAPES, SHAPE, SEED).subList(0, OBJECTS),
                        SHAPE,
                        VIDEO,
                        SEED);
        List<VideoFrame> made = new ArrayList<>();
        for (int f = 0; f < frames; f++) {
            made.add(video.next(STREAM));
        }
        return made;
    }

    private void tell(String who, List<VideoFrame> video, Function<VideoFrame, long[]> tracker) {
        TrackedSequence sequence = new TrackedSequence();
        List<long[]> tracks = new ArrayList<>();
        Cost cost =
                Cost.of(
                        video.size(),
                        n -> {
                            tracks.add(tracker.apply(video.get(n)));
                            return true;
                        });
        for (int f = 0; f < tracks.size(); f++) {
            judge(sequence, video.get(f).detections(), tracks.get(f));
        }
        Findings.Place place = new Findings.Place(who, "tracks", "the demo's video");
        findings.add(place, "frames a second of processor time", cost.perSecond());
        findings.add(place, "IDF1", IdentityFigures.of(sequence, SAME).f1());
    }

    private static void judge(TrackedSequence sequence, List<Detection> detections, long[] tracks) {
        List<Long> truth = new ArrayList<>();
        List<Long> given = new ArrayList<>();
        for (int d = 0; d < tracks.length; d++) {
            String identity = detections.get(d).identity();
            if (!identity.isEmpty() && tracks[d] >= 0) {
                truth.add(Long.parseLong(identity.substring(1)));
                given.add(tracks[d]);
            }
        }
        int n = truth.size();
        double[] similarity = new double[n * n];
        for (int i = 0; i < n; i++) {
            similarity[i * n + i] = 1;
        }
        sequence.add(longs(truth), longs(given), similarity);
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static final class Kedge
            implements Outlet<TrackerScore, TrackerMetrics>, AutoCloseable {
        private static final String YAML =
                "tracker: {input: {crop: {channels: 3, height: 32, width: 32}}, encoder: {kind: convnet, convnet: {convolutions: [16, 32], features: 64}}, embedding: 32, embedding-scale: 3, association: {match: cosine, match-threshold: 0.6}, learning: {frames: 5}, optimiser: {rate: 0.001}, bounds: {streams: 1, detections: 16}, evaluation: {judge-only: true}}\n";

        private final LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> shared =
                new TrackerModels(
                                StrictYaml.parse(
                                                YAML,
                                                TrackerFile.DEFAULT,
                                                TrackerFile.class,
                                                "peers")
                                        .tracker())
                        .open();
        private final LiveModel<StreamFrame, TrackerScore, TrackerMetrics> model =
                shared.load(STREAM, new MemoryPartStore());
        private long[] tracks = {};

        long[] track(VideoFrame frame) {
            Origin origin = new Origin("peers", 0, frame.frame(), System.currentTimeMillis());
            StreamFrame event = new StreamFrame(STREAM, frame, false);
            model.process(new Incoming<>(event, origin, new byte[0]), this);
            return tracks;
        }

        @Override
        public void score(TrackerScore score) {
            tracks = score.detections().stream().mapToLong(TrackerScore.Seen::track).toArray();
        }

        @Override
        public void metrics(TrackerMetrics metrics) {}

        @Override
        public void reject(DeadLetter letter) {
            throw new IllegalStateException(letter.reason() + ": " + letter.message());
        }

        @Override
        public void close() {
            shared.close();
        }
    }
}
