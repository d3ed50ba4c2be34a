// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracker;

import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;

/**
 * Crops as vectors to compare without an encoder: each shrunk to at most {@value #SIDE} by {@value
 * #SIDE} pixels by means, and normalised as the learner's crops are. Where those are taken as they
 * are, mid-grey is taken away, so that cosines tell dark from bright. Coarse pixels forgive a small
 * turn, which makes them a harder rival than all pixels.
 */
final class Thumbnails {
    private static final int SIDE = 8;
    private static final float GREY = 0.5f;

    private Thumbnails() {}

    /** Values of a thumbnail; where detections bring features, those. */
    static int features(TrackerSettings.Input input) {
        return input.shape()
                .map(shape -> shape.channels() * rows(shape) * columns(shape))
                .orElse(input.features());
    }

    private static int rows(ImageShape shape) {
        return Math.min(SIDE, shape.height());
    }

    private static int columns(ImageShape shape) {
        return Math.min(SIDE, shape.width());
    }

    /** A frame with its crops as thumbnails; features stay. */
    static StreamFrame of(StreamFrame event, TrackerSettings.Input input) {
        if (input.shape().isEmpty()) {
            return event;
        }
        VideoFrame frame = event.frame();
        return new StreamFrame(
                event.model(),
                new VideoFrame(
                        frame.stream(),
                        frame.frame(),
                        frame.at(),
                        frame.detections().stream().map(one -> of(one, input)).toList()),
                event.last());
    }

    private static Detection of(Detection detection, TrackerSettings.Input input) {
        ImageShape shape = input.crop();
        byte[] crop = detection.input();
        if (crop.length != shape.bytes()) {
            return detection;
        }
        Detection small =
                Detection.of(normalised(shrunk(crop, shape), input.normalised()), detection.score())
                        .withIdentity(detection.identity());
        return detection.box().map(small::withBox).orElse(small);
    }

    private static float[] normalised(float[] values, InputNormalisation normalisation) {
        normalisation.scaling(values.length).apply(values, 0);
        for (int i = 0; normalisation == InputNormalisation.NONE && i < values.length; i++) {
            values[i] -= GREY;
        }
        return values;
    }

    private static float[] shrunk(byte[] crop, ImageShape shape) {
        int rows = rows(shape);
        int columns = columns(shape);
        float[] sums = new float[shape.channels() * rows * columns];
        int[] counts = new int[sums.length];
        for (int i = 0; i < crop.length; i++) {
            int within = i % shape.pixels();
            int row = within / shape.width() * rows / shape.height();
            int column = within % shape.width() * columns / shape.width();
            int to = (i / shape.pixels() * rows + row) * columns + column;
            sums[to] += (crop[i] & 0xff) / 255f;
            counts[to]++;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }
}
