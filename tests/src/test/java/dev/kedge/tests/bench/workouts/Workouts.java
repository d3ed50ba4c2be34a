// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.workouts;

import dev.kedge.connectors.ads.CreativeEventJson;
import dev.kedge.connectors.ads.market.MarketConfig;
import dev.kedge.connectors.ads.market.MarketSimulator;
import dev.kedge.connectors.classifier.shapes.ShapeImages;
import dev.kedge.connectors.json.UndecodableException;
import dev.kedge.connectors.tracker.video.PseudoVideo;
import dev.kedge.jobs.ads.DiscontinuationFile;
import dev.kedge.jobs.classifier.ClassifierFile;
import dev.kedge.jobs.config.StrictYaml;
import dev.kedge.jobs.tracker.TrackerFile;
import dev.kedge.operators.ads.DiscontinuationModels;
import dev.kedge.operators.ads.creative.CreativeEvent;
import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.classifier.ClassifierModels;
import dev.kedge.operators.classifier.Sample;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.tracker.StreamFrame;
import dev.kedge.operators.tracker.TrackerModels;
import dev.kedge.state.random.RestorableRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The learners that are worked out, each on records of a seed. */
public final class Workouts {
    private static final String MODEL = "gpu";
    private static final long START = 1_700_000_000_000L;
    private static final long SEED = 201;
    private static final int CLASSES = 10;
    private static final int OBJECTS = 6;
    private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
    private static final String CONVNET =
            "input: {crop: {channels: 3, height: 32, width: 32}}, encoder: {kind: convnet, convnet: {convolutions: [16, 32], features: 64}}, embedding: 32, association: {match: cosine, match-threshold: 0.6}, learning: {frames: 5}, optimiser: {rate: 0.001}, bounds: {streams: 1, detections: 16}, evaluation: {judge-only: true}";

    private Workouts() {}

    /**
     * All of them.
     *
     * @param scale how much is learned: 1 for some seconds each on a CPU
     */
    public static List<Workout<?, ?, ?>> all(double scale) {
        return List.of(
                classifier(
                        "small mlp",
                        scaled(3000, scale),
                        "input: {features: 20}, encoder: {kind: mlp, mlp: {layers: [24, 16]}}",
                        random -> floats(random, 20)),
                classifier(
                        "mlp 784-256-128",
                        scaled(3000, scale),
                        "input: {features: 784}, encoder: {kind: mlp, mlp: {layers: [256, 128]}}",
                        random -> floats(random, 784)),
                classifier(
                        "reduced ResNet-18",
                        scaled(200, scale),
                        "input: {image: {channels: 3, height: 32, width: 32}}, encoder: {kind: reduced-resnet18}",
                        Workouts::image),
                tracker(scaled(150, scale)),
                ads("ads", scaled(6000, scale), ""),
                ads(
                        "ads, layers 256-128",
                        scaled(6000, scale),
                        "network: {layers: [256, 128]}, learning: {batch: 64}"));
    }

    private static int scaled(int records, double scale) {
        return Math.max(30, (int) (records * scale));
    }

    private interface Input {
        byte[] draw(RestorableRandom random);
    }

    private static Workout<?, ?, ?> classifier(
            String name, int records, String learner, Input input) {
        String yaml = "classifier: {classes: {most: 10}, " + learner + "}";
        ClassifierFile file =
                StrictYaml.parse(yaml, ClassifierFile.DEFAULT, ClassifierFile.class, MODEL);
        RestorableRandom random = RestorableRandom.seeded(SEED);
        Supplier<ClassifierEvent> samples =
                numbered(
                        i -> {
                            Optional<String> label =
                                    Optional.of("class-" + random.nextInt(CLASSES));
                            return new Sample(MODEL, "s" + i, START + i, input.draw(random), label);
                        });
        return new Workout<>(name, records, new ClassifierModels(file.classifier()), samples);
    }

    private static Workout<?, ?, ?> tracker(int frames) {
        TrackerFile file =
                StrictYaml.parse(
                        "tracker: {" + CONVNET + "}",
                        TrackerFile.DEFAULT,
                        TrackerFile.class,
                        MODEL);
        List<byte[]> shapes = ShapeImages.make(OBJECTS, IMAGE, SEED);
        PseudoVideo video = new PseudoVideo(shapes, IMAGE, PseudoVideo.Settings.DEFAULT, SEED);
        Supplier<StreamFrame> next = () -> new StreamFrame(MODEL, video.next(MODEL), false);
        return new Workout<>("tracker", frames, new TrackerModels(file.tracker()), next);
    }

    private static Workout<?, ?, ?> ads(String name, int records, String learner) {
        DiscontinuationFile file =
                StrictYaml.parse(
                        "discontinuation: {" + learner + "}",
                        DiscontinuationFile.DEFAULT,
                        DiscontinuationFile.class,
                        MODEL);
        MarketSimulator market =
                new MarketSimulator(
                        MarketConfig.DEFAULT
                                .withSeed(SEED)
                                .withSize(1, 20, 200)
                                .withFaults(0, 0, 0));
        CreativeEventJson json = new CreativeEventJson();
        Supplier<CreativeEvent> next =
                () -> {
                    try {
                        return json.decode(market.next().value());
                    } catch (UndecodableException e) {
                        throw new IllegalStateException(e);
                    }
                };
        return new Workout<>(
                name, records, new DiscontinuationModels(file.discontinuation()), next);
    }

    private static <E> Supplier<E> numbered(IntFunction<E> one) {
        int[] next = {0};
        return () -> one.apply(next[0]++);
    }

    private static byte[] floats(RestorableRandom random, int count) {
        float[] values = new float[count];
        random.fillUniform(values, 0, count, 1);
        return InputForm.encode(values);
    }

    private static byte[] image(RestorableRandom random) {
        byte[] pixels = new byte[IMAGE.channels() * IMAGE.height() * IMAGE.width()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return pixels;
    }
}
