// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.tracker;

import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Frames of several streams of several models, by features: things that come, go and come back,
 * some of them known by name. Frames come out of order, late, twice and with numbers that go back.
 */
public final class Crowd {
    static final int WIDTH = 6;
    private static final int MODELS = 4;
    private static final int STREAMS = 3;
    private static final int THINGS = 5;
    private static final long START = 1_600_000_000_000L;

    private final SplittableRandom random;
    private long moment = START;

    /** A crowd of a seed. */
    public Crowd(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Small enough to be learned in no time; one stream fewer is remembered than there are. */
    public static TrackerSettings settings() {
        return TrackerSettings.DEFAULT
                .with("encoder.kind", EncoderName.MLP)
                .with("encoder.mlp", new EncoderSizes.Mlp(List.of(10)))
                .with("input.features", WIDTH)
                .with("embedding", 8)
                .with("bank.instances", 6)
                .with("bank.history", 4)
                .with("bank.dead-frames", 5)
                .with("learning.frames", 4)
                .with("learning.every", 2)
                .with("learning.noise", 0.1)
                .with("learning.bank-negatives", 3)
                .with("bounds", new TrackingSettings.Bounds(STREAMS - 1, THINGS + 1))
                .with(
                        "ordering",
                        new TrackerSettings.Ordering(
                                Duration.ofSeconds(2), Duration.ofSeconds(9), 3))
                .with(
                        "evaluation",
                        new TrackerSettings.Evaluation(12, 4, Duration.ofSeconds(5), false))
                .with("seed", 11);
    }

    /** The next frames, as they come. */
    public List<Incoming<StreamFrame>> frames(int count) {
        List<Incoming<StreamFrame>> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(
                    new Incoming<>(next(), new Origin("frames", 0, i, -1), new byte[] {(byte) i}));
        }
        return frames;
    }

    /** The next frame. */
    public StreamFrame next() {
        moment += 200;
        long behind = random.nextInt(4) == 0 ? random.nextInt(3000) : 0;
        long at = moment - behind;
        int stream = random.nextInt(10) == 0 ? STREAMS - 1 : random.nextInt(STREAMS - 1);
        long number = (at - START) / 100 - (random.nextInt(40) == 0 ? 500 : 0);
        List<Detection> detections = new ArrayList<>();
        for (int thing = 0; thing < THINGS; thing++) {
            if (random.nextInt(3) > 0) {
                detections.add(look(stream, thing));
            }
        }
        boolean last = random.nextInt(30) == 0;
        return new StreamFrame(
                "m" + random.nextInt(MODELS),
                new VideoFrame("s" + stream, Math.max(0, number), at, detections),
                last);
    }

    private Detection look(int stream, int thing) {
        float[] features = new float[WIDTH];
        for (int k = 0; k < WIDTH; k++) {
            features[k] = (k == thing ? 3 : 0) + (float) random.nextDouble(0.8);
        }
        double left = random.nextDouble(20);
        Detection plain =
                Detection.of(features, 0.2 + random.nextDouble(0.8))
                        .withBox(new Box(left, 0, left + 4, 4));
        return stream == 0 ? plain.withIdentity("thing " + thing) : plain;
    }
}
