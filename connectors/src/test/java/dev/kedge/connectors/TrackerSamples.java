// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors;

import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerMetrics;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerScore.Dropped;
import dev.kedge.operators.tracker.TrackerScore.Seen;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Box;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.Track;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import java.util.List;
import java.util.Optional;

/** Frames, scores and metrics of trackers with something in every field. */
public final class TrackerSamples {
    public static final TrackerSettings.Input FEATURES =
            new TrackerSettings.Input(3, new ImageShape(3, 1, 2));
    public static final TrackerSettings.Input CROPS =
            new TrackerSettings.Input(0, new ImageShape(3, 1, 2));
    private static final Box BOX = new Box(1, 2, 4.5, 6);

    private TrackerSamples() {}

    public static StreamFrame ofFeatures() {
        return frame(
                Detection.of(new float[] {0.1f, -2, 3e-9f}, 0.75)
                        .withLabel("Fuß")
                        .withIdentity("a|4")
                        .withBox(BOX),
                Detection.of(new float[3], 0));
    }

    public static StreamFrame ofCrops() {
        return frame(Detection.of(new byte[] {1, -1, 0, 127, -128, 9}, 1).withBox(BOX));
    }

    private static StreamFrame frame(Detection... detections) {
        return new StreamFrame(
                "m",
                new VideoFrame("door", 1L << 40, Samples.AT, List.of(detections)),
                detections.length > 1);
    }

    public static TrackerScore score() {
        return new TrackerScore(
                "m",
                "door|1",
                7,
                Samples.AT,
                List.of(
                        new Seen(3, 0.1, false, 12, Optional.empty(), "car", Optional.of(BOX)),
                        new Seen(4, Double.NaN, true, 1, Optional.empty(), "", Optional.empty()),
                        dropped(Dropped.WEAK),
                        dropped(Dropped.DUPLICATE),
                        dropped(Dropped.UNMATCHED)),
                5,
                99,
                Samples.AT - 1000);
    }

    private static Seen dropped(Dropped why) {
        return new Seen(
                Track.DROPPED, Double.NaN, false, 0, Optional.of(why), "", Optional.empty());
    }

    public static TrackerMetrics metrics() {
        return new TrackerMetrics(
                "m",
                Samples.AT,
                1,
                2,
                3,
                4,
                new TrackerMetrics.Counts(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                new TrackerMetrics.Identity(0.5, 0.25, Double.NaN, 0.125),
                2.5,
                6);
    }
}
