// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.restore;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.operators.tracker.ctvis.ContrastiveClip;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.TrackingSettings;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Bounds;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Learning;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Search;
import dev.kedge.operators.tracker.ctvis.TrackingSettings.Unlabelled;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.bank.BankSettings;
import dev.kedge.state.bank.ReadOut;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackingRestoreITCase {
    private static final int OBJECTS = 5;

    @ParameterizedTest
    @EnumSource(Unlabelled.class)
    void aTrackingModelEndsTheSameWhateverDisturbsIt(Unlabelled unlabelled) throws Exception {
        Learning learning =
                new Learning(
                        unlabelled, 4, 1, ContrastiveClip.Settings.REFERENCE, 0.5, 0.2, 3, 0.6);
        TrackingSettings settings =
                TrackingSettings.of(
                                new TrackingSettings.Input(TrackingModels.INPUTS, InputForm.FLOATS),
                                5,
                                11)
                        .with(
                                "bank",
                                new BankSettings.Bounds(12, 4, 7, ReadOut.SIMILARITY_GUIDED, 0.75))
                        .with("learning", learning)
                        .with("search", new Search(6, 3, 0.5))
                        .with("bounds", new Bounds(2, 8));
        RestoreHarness.assertEndsTheSame(
                new Rehearsed<>(
                        new TrackingModels(settings),
                        frames(250),
                        incoming -> incoming.event().model(),
                        Types.STRING,
                        Types.STRING,
                        words -> new Rehearsed.Told(words.substring(0, 2), words)));
    }

    /** Objects that come and go in three streams of each model; some frames name identities. */
    static List<Incoming<TrackingModels.Seen>> frames(int count) {
        SplittableRandom random = new SplittableRandom(9);
        double[][] objects = new double[OBJECTS][];
        for (int i = 0; i < OBJECTS; i++) {
            objects[i] = random.doubles(TrackingModels.INPUTS, -2, 2).toArray();
        }
        List<Incoming<TrackingModels.Seen>> frames = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            List<Detection> detections = new ArrayList<>();
            for (int i = 0; i < OBJECTS; i++) {
                if (random.nextInt(4) > 0) {
                    Detection detection = Detection.of(seen(objects[i], random), 0.9);
                    detections.add(n % 3 == 0 ? detection.withIdentity("o" + i) : detection);
                }
            }
            VideoFrame frame =
                    new VideoFrame("stream " + random.nextInt(3), n, 40L * n, detections);
            frames.add(
                    new Incoming<>(
                            new TrackingModels.Seen("m" + random.nextInt(5), frame),
                            new Origin("in", 0, n, -1),
                            new byte[0]));
        }
        return frames;
    }

    private static float[] seen(double[] object, SplittableRandom random) {
        float[] features = new float[object.length];
        for (int k = 0; k < features.length; k++) {
            features[k] = (float) (object[k] + random.nextDouble(-0.4, 0.4));
        }
        return features;
    }
}
