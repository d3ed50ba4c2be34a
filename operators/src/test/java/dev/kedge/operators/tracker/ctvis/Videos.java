// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Streams of frames for tests: objects with features of their own, disturbed in each frame. */
final class Videos {
    static final int INPUTS = 6;

    private final SplittableRandom random;
    private final double[][] objects;
    private final double noise;
    private long frame;

    Videos(long seed, int objects, double noise) {
        this.random = new SplittableRandom(seed);
        this.noise = noise;
        this.objects = new double[objects][];
        for (int i = 0; i < objects; i++) {
            this.objects[i] = random.doubles(INPUTS, -2, 2).toArray();
        }
    }

    /** A frame of most objects, in any order; {@code labelled} names their identities. */
    VideoFrame next(String stream, boolean labelled) {
        List<Detection> detections = new ArrayList<>();
        for (int i = 0; i < objects.length; i++) {
            if (random.nextInt(5) > 0) {
                float[] features = new float[INPUTS];
                for (int k = 0; k < INPUTS; k++) {
                    features[k] = (float) (objects[i][k] + random.nextDouble(-noise, noise));
                }
                Detection detection =
                        Detection.of(features, random.nextDouble(0.3, 1)).withLabel("c" + i % 2);
                detections.add(
                        random.nextInt(detections.size() + 1),
                        labelled ? detection.withIdentity("o" + i) : detection);
            }
        }
        frame += random.nextInt(1, 3);
        return new VideoFrame(stream, frame, 40 * frame, detections);
    }

    /** An image of an object: a field of its own colours, brighter or darker. */
    static byte[] image(int object, int brightness, int pixels) {
        byte[] image = new byte[3 * pixels];
        for (int k = 0; k < image.length; k++) {
            image[k] =
                    (byte)
                            Math.min(
                                    255,
                                    (object * 73 + k / pixels * 41 + k * 7) % 200 + brightness);
        }
        return image;
    }
}
