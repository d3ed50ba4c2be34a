// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.connectors.tracker.FrameJson;
import dev.kedge.jobs.tracker.TrackerFile;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.operators.tracker.TrackerScore;
import dev.kedge.operators.tracker.TrackerSettings;
import dev.kedge.operators.tracker.ctvis.Detection;
import dev.kedge.operators.tracker.ctvis.VideoFrame;
import dev.kedge.state.random.RestorableRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The tracker: one camera a model, frames of eight detections with ready embeddings, each of an
 * object that the camera has seen before, a little disturbed. An event is a frame.
 */
record TrackerWorkload(Scale scale) implements Workload {
    private static final int DETECTIONS = 8;
    private static final int POOL = 500;
    private static final float NOISE = 0.1f;
    private static final long FRAME_MILLIS = 40;
    private static final String STREAM = "camera";
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

    @Override
    public String kind() {
        return TrackerFile.JOB;
    }

    @Override
    public List<String> inputs() {
        return List.of("frames");
    }

    private int objects() {
        return Math.max(DETECTIONS, scale.entries());
    }

    private int width() {
        return switch (scale.size()) {
            case SMALL -> 16;
            case MEDIUM -> 64;
            case LARGE -> 256;
        };
    }

    @Override
    public String learner() {
        return format(
                "tracker: {input: {features: %d}, encoder: {kind: identity}, embedding: %d, association: {match: cosine, match-threshold: 0.6}, bank: {instances: %d}, bounds: {streams: 1, detections: 16}}\n",
                width(), width(), 2 * objects());
    }

    @Override
    public Iterator<PlannedEvent> events() {
        FrameJson json = new FrameJson(settings().input());
        List<List<Detection>> frames = frames();
        return LongStream.iterate(0, n -> n + 1)
                .mapToObj(n -> planned(n, frames.get((int) (n / scale.models() % POOL)), json))
                .iterator();
    }

    private PlannedEvent planned(long n, List<Detection> detections, FrameJson json) {
        String model = "model-" + n % scale.models();
        long number = n / scale.models();
        VideoFrame frame =
                new VideoFrame(STREAM, number, START + FRAME_MILLIS * number, detections);
        byte[] value = json.encode(new StreamFrame(model, frame, false));
        String key = model + "|" + STREAM + "|" + number;
        return new PlannedEvent(
                model.getBytes(StandardCharsets.UTF_8),
                value,
                ScoreId.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    private List<List<Detection>> frames() {
        RestorableRandom random = RestorableRandom.seeded(12);
        float[][] objects = new float[objects()][width()];
        for (float[] object : objects) {
            random.fillUniform(object, 0, object.length, 1);
        }
        List<List<Detection>> frames = new ArrayList<>();
        for (int n = 0; n < POOL; n++) {
            int first = random.nextInt(objects.length);
            List<Detection> detections = new ArrayList<>();
            for (int d = 0; d < DETECTIONS; d++) {
                float[] seen = new float[width()];
                random.fillUniform(seen, 0, seen.length, NOISE);
                float[] object = objects[(first + d) % objects.length];
                for (int i = 0; i < seen.length; i++) {
                    seen[i] += object[i];
                }
                detections.add(Detection.of(seen, 0.9));
            }
            frames.add(detections);
        }
        return frames;
    }

    @Override
    public long id(byte[] key, byte[] value) {
        return ScoreId.of(key);
    }

    private TrackerSettings settings() {
        return JobYaml.read(this, TrackerFile.DEFAULT, TrackerFile.class).tracker();
    }

    @Override
    public BareLearner<?, ?, ?> bare() {
        TrackerSettings settings = settings();
        return new BareLearner<>(
                new TrackerModels(settings),
                new FrameJson(settings.input()),
                StreamFrame::model,
                TrackerScore.class,
                ResultKeys::of);
    }
}
