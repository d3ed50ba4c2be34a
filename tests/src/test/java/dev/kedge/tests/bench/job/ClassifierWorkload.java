// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.job;

import static dev.kedge.state.text.Text.format;

import dev.kedge.connectors.classifier.SampleJson;
import dev.kedge.connectors.kafka.ResultKeys;
import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.ClassifierScore;
import dev.kedge.operators.classifier.ClassifierSettings;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.state.random.RestorableRandom;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The classifier: HPCR over a perceptron, grey images of 28 x 28 that carry their labels, ten
 * classes that are ten drawn patterns with noise. Small models see sixteen numbers instead.
 */
record ClassifierWorkload(Scale scale) implements Workload {
    private static final int CLASSES = 10;
    private static final int POOL = 2_000;
    private static final int FEATURES = 16;
    private static final int LEAST = 20;
    private static final int NOISE = 60;
    private static final ImageShape SHAPE = new ImageShape(1, 28, 28);
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

    @Override
    public String kind() {
        return ClassifierFile.JOB;
    }

    @Override
    public List<String> inputs() {
        return List.of("samples", "labels");
    }

    @Override
    public String learner() {
        String network =
                switch (scale.size()) {
                    case SMALL ->
                            "input: {features: 16}, classes: {most: 10}, encoder: {kind: mlp, mlp: {layers: [32, 16]}}";
                    case MEDIUM -> "encoder: {kind: mlp, mlp: {layers: [256, 128]}}";
                    case LARGE -> "encoder: {kind: mlp, mlp: {layers: [1024, 512]}}";
                };
        int capacity = Math.max(LEAST, scale.entries());
        return format("classifier: {replay: {capacity: %d}, %s}\n", capacity, network);
    }

    private boolean images() {
        return scale.size() != Scale.Size.SMALL;
    }

    @Override
    public Iterator<PlannedEvent> events() {
        byte[][] images = images() ? images(SHAPE.bytes()) : images(FEATURES);
        return LongStream.iterate(0, n -> n + 1)
                .mapToObj(n -> planned(n, images[(int) (n % POOL)]))
                .iterator();
    }

    private PlannedEvent planned(long n, byte[] image) {
        String model = "model-" + n % scale.models();
        String id = "s" + n;
        Optional<String> label = Optional.of("class-" + n % CLASSES);
        Sample sample = new Sample(model, id, START + n, image, label);
        byte[] value =
                images() ? SampleJson.encode(sample, SHAPE) : SampleJson.encode(sample, of(image));
        long score = ScoreId.of((model + "|" + id).getBytes(StandardCharsets.UTF_8));
        return new PlannedEvent(model.getBytes(StandardCharsets.UTF_8), value, score);
    }

    private static float[] of(byte[] image) {
        float[] features = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            features[i] = (image[i] & 0xFF) / 256f;
        }
        return features;
    }

    /** One pattern a class, and noise. */
    private static byte[][] images(int bytes) {
        RestorableRandom random = RestorableRandom.seeded(11);
        int[][] patterns = new int[CLASSES][bytes];
        for (int[] pattern : patterns) {
            for (int i = 0; i < bytes; i++) {
                pattern[i] = random.nextInt(256 - NOISE);
            }
        }
        byte[][] images = new byte[POOL][bytes];
        for (int n = 0; n < POOL; n++) {
            for (int i = 0; i < bytes; i++) {
                images[n][i] = (byte) (patterns[n % CLASSES][i] + random.nextInt(NOISE));
            }
        }
        return images;
    }

    @Override
    public long id(byte[] key, byte[] value) {
        return ScoreId.of(key);
    }

    @Override
    public BareLearner<?, ?, ?> bare() {
        ClassifierSettings settings =
                JobYaml.read(this, ClassifierFile.DEFAULT, ClassifierFile.class).classifier();
        return new BareLearner<>(
                new ClassifierModels(settings),
                new SampleJson(settings.input()),
                ClassifierEvent::model,
                ClassifierScore.class,
                ResultKeys::of);
    }
}
