// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker;

import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Heard;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.LiveModel;
import dev.kedge.operators.stream.LiveModels;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Match;
import dev.kedge.operators.tracker.ctvis.OnlineTracker;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.part.MemoryPartStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One tracker with its frames: scores and refusals out, and a store to restore it from. */
final class Camera extends Heard<TrackerScore, TrackerMetrics> implements AutoCloseable {
    static final long START = 1_700_000_000_000L;
    static final int WIDTH = 4;
    static final String STREAM = "door";

    /** By cosine: with few instances, bi-softmax takes strangers for those it knows. */
    private static final OnlineTracker.Settings COSINE =
            new OnlineTracker.Settings(
                    Match.COSINE, OnlineTracker.Pairing.GREEDY, 0.5, 0.01, 0.01, 0.6, true);

    /** A head over features, at most 3 streams of 5 detections, metrics each 10 seconds. */
    static final TrackerSettings SETTINGS =
            TrackerSettings.DEFAULT
                    .with("encoder.kind", EncoderName.IDENTITY)
                    .with("input.features", WIDTH)
                    .with("embedding", WIDTH)
                    .with("association", COSINE)
                    .with("bounds", new TrackingSettings.Bounds(3, 5))
                    .with("ordering.lateness", Duration.ofSeconds(2))
                    .with("ordering.idle", Duration.ofSeconds(8))
                    .with("ordering.frames", 4)
                    .with("ahead", Duration.ofHours(1))
                    .with("evaluation.window", 50)
                    .with("evaluation.identities", 20)
                    .with("evaluation.every", Duration.ofSeconds(10))
                    .with("seed", 7);

    final MemoryPartStore store;
    private final LiveModels.Shared<StreamFrame, TrackerScore, TrackerMetrics> shared;
    private LiveModel<StreamFrame, TrackerScore, TrackerMetrics> model;
    private long offset;

    Camera(TrackerSettings settings) {
        this(settings, new MemoryPartStore());
    }

    /** Goes on with what a store holds. */
    Camera(TrackerSettings settings, MemoryPartStore store) {
        this.store = store;
        shared = new TrackerModels(settings).open();
        model = shared.load("m", store);
    }

    /** The same settings with another width of the head: 0 leaves embeddings as they come. */
    static TrackerSettings withoutHead() {
        return with(SETTINGS.ordering(), 0, SETTINGS.bank());
    }

    static TrackerSettings with(
            TrackerSettings.Ordering ordering, int embedding, BankSettings.Bounds bank) {
        return with(ordering, embedding, bank, SETTINGS.evaluation());
    }

    static TrackerSettings with(
            TrackerSettings.Ordering ordering,
            int embedding,
            BankSettings.Bounds bank,
            TrackerSettings.Evaluation evaluation) {
        return SETTINGS.with("embedding", embedding)
                .with("bank", bank)
                .with(
                        "learning",
                        embedding == 0 ? TrackingSettings.Learning.NEVER : SETTINGS.learning())
                .with("ordering", ordering)
                .with("evaluation", evaluation);
    }

    /** Something that looks the same wherever it is seen: one of {@value #WIDTH} things. */
    static Detection thing(int which) {
        float[] features = new float[WIDTH];
        features[which] = 6;
        return Detection.of(features, 0.9).withIdentity("thing " + which);
    }

    /** A frame of the first stream that shows things, a second after the one before. */
    static StreamFrame shows(long frame, int... things) {
        return shows(STREAM, frame, START + 1000 * frame, things);
    }

    static StreamFrame shows(String stream, long frame, long at, int... things) {
        List<Detection> detections = new ArrayList<>();
        for (int which : things) {
            detections.add(thing(which));
        }
        return new StreamFrame("m", new VideoFrame(stream, frame, at, detections), false);
    }

    static StreamFrame last(StreamFrame frame) {
        return new StreamFrame(frame.model(), frame.frame(), true);
    }

    static StreamFrame holds(long frame, Detection... detections) {
        return new StreamFrame(
                "m",
                new VideoFrame(STREAM, frame, START + 1000 * frame, List.of(detections)),
                false);
    }

    Camera send(StreamFrame... frames) {
        for (StreamFrame frame : frames) {
            sendProduced(frame, -1);
        }
        return this;
    }

    /** Sends a frame whose record was produced at a time; -1 if the record does not tell. */
    Camera sendProduced(StreamFrame frame, long produced) {
        byte[] original = {(byte) offset};
        Origin origin = new Origin("t", 0, offset++, produced);
        model.process(new Incoming<>(frame, origin, original), this);
        return this;
    }

    Camera obey(Command.Verb verb, String name, double value, long before) {
        model.obey(new Command(verb, Command.EVERY, name, value, before, Long.MIN_VALUE));
        return this;
    }

    /** Writes the model to the store, forgets it and reads it back. */
    Camera restart() {
        model.flush(store);
        model = shared.load("m", store);
        return this;
    }

    Camera flush() {
        model.flush(store);
        return this;
    }

    long bytes() {
        return model.bytes();
    }

    /** Numbers of the frames that were scored, in their order. */
    List<Long> frames() {
        return scores.stream().map(TrackerScore::frame).toList();
    }

    /** Tracks of the frame that was scored last. */
    List<Long> tracks() {
        return scores.get(scores.size() - 1).detections().stream()
                .map(TrackerScore.Seen::track)
                .toList();
    }

    DeadLetter refusal() {
        return refused.get(refused.size() - 1);
    }

    @Override
    public void close() throws Exception {
        shared.close();
    }
}
