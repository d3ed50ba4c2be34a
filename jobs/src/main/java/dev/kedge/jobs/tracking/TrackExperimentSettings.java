// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.tracking;

import dev.kedge.state.settings.Checks;
import java.util.List;

/**
 * One tracking experiment.
 *
 * @param name name of the experiment, and of its folder
 * @param folder where experiments go
 * @param data which images move
 * @param videos how they move, and how much
 * @param learner what all runs have in common
 * @param variants what the runs differ in
 * @param seeds one run of each variant for each
 */
public record TrackExperimentSettings(
        String name,
        String folder,
        Data data,
        Videos videos,
        Learner learner,
        List<Variant> variants,
        List<Long> seeds) {

    /** Everything as it is without a file. */
    public static final TrackExperimentSettings DEFAULT =
            new TrackExperimentSettings(
                    "tracking",
                    "experiments",
                    new Data("", 50, 200),
                    new Videos(25, 10, 20, 6),
                    new Learner(List.of(16, 32), 64, 64, 0.001, 5, 0.05),
                    List.of(Variant.values()),
                    List.of(1L, 2L, 3L, 4L, 5L));

    /** Checks the lists and the name. */
    public TrackExperimentSettings {
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
        Checks.require(
                name.matches("[a-zA-Z0-9._-]{1,100}") && !name.startsWith("."),
                "name",
                name,
                "letters, digits, . _ - (1 to 100), not beginning with a dot");
        Checks.require(!variants.isEmpty(), "variants", variants, "at least one");
        Checks.require(!seeds.isEmpty(), "seeds", seeds, "at least one");
    }

    /**
     * Which images move: those of a folder {@code train} are learned, those of {@code test} are
     * tracked.
     *
     * @param path folder that holds both, in each a folder of images a class; empty for shapes
     * @param perClass images of each class, the first of them; 0 for all
     * @param shapes how many shapes are made for each, without a folder
     */
    public record Data(String path, int perClass, int shapes) {
        /** Checks the numbers. */
        public Data {
            Checks.require(perClass >= 0, "data.per-class", perClass, "at least 0");
            Checks.require(shapes > 0, "data.shapes", shapes, "at least 1");
        }
    }

    /**
     * How much moves.
     *
     * @param train videos to learn from, each once
     * @param test videos to track afterwards, of other images, without learning
     * @param frames frames of a video
     * @param objects objects of a video
     */
    public record Videos(int train, int test, int frames, int objects) {
        /** Checks the numbers. */
        public Videos {
            Checks.require(train > 0, "videos.train", train, "at least 1");
            Checks.require(test > 0, "videos.test", test, "at least 1");
            Checks.require(frames > 1, "videos.frames", frames, "at least 2");
            Checks.require(
                    objects > 0 && objects <= 100, "videos.objects", objects, "between 1 and 100");
        }
    }

    /**
     * What all runs have in common.
     *
     * @param convolutions channels of the encoder's convolutions
     * @param features width of the encoder's output
     * @param embedding width of the embedding
     * @param rate learning rate of Adam
     * @param clip frames of a clip
     * @param noise probability of noise, where there is any
     */
    public record Learner(
            List<Integer> convolutions,
            int features,
            int embedding,
            double rate,
            int clip,
            double noise) {
        /** Checks the numbers. */
        public Learner {
            convolutions = List.copyOf(convolutions);
            Checks.require(
                    !convolutions.isEmpty(), "learner.convolutions", convolutions, "at least one");
            Checks.require(features > 0, "learner.features", features, "at least 1");
            Checks.require(embedding > 0, "learner.embedding", embedding, "at least 1");
            Checks.require(rate > 0 && rate < 1, "learner.rate", rate, "above 0 and below 1");
            Checks.require(clip > 1, "learner.clip", clip, "at least 2");
            Checks.require(noise >= 0 && noise <= 1, "learner.noise", noise, "between 0 and 1");
        }
    }

    /** The same with images that lie elsewhere. */
    public TrackExperimentSettings withData(String path) {
        return new TrackExperimentSettings(
                name,
                folder,
                new Data(path, data.perClass(), data.shapes()),
                videos,
                learner,
                variants,
                seeds);
    }
}
