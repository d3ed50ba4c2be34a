// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.classifier.ExperimentSettings;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Range;
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
        @Matching(value = "(?!\\.)" + Matching.NAME, allowed = ExperimentSettings.ALLOWED_NAME)
                String name,
        String folder,
        Data data,
        Videos videos,
        Learner learner,
        @Count(min = 1) List<Variant> variants,
        @Count(min = 1) List<Long> seeds) {

    /** Everything as it is without a file. */
    public static final TrackExperimentSettings DEFAULT =
            new TrackExperimentSettings(
                    "tracking",
                    "experiments",
                    new Data("", 50, 200),
                    new Videos(25, 10, 20, 6),
                    new Learner(List.of(16, 32), 64, 64, 0.001, 5, 0.05, InputNormalisation.NONE),
                    List.of(Variant.values()),
                    List.of(1L, 2L, 3L, 4L, 5L));

    /** Freezes the lists. */
    public TrackExperimentSettings {
        variants = List.copyOf(variants);
        seeds = List.copyOf(seeds);
    }

    /**
     * Which images move: those of a folder {@code train} are learned, those of {@code test} are
     * tracked.
     *
     * @param path folder that holds both, in each a folder of images a class; empty for shapes
     * @param perClass images of each class, the first of them; 0 for all
     * @param shapes how many shapes are made for each, without a folder
     */
    public record Data(String path, @Range(min = 0) int perClass, @Range(min = 1) int shapes) {}

    /**
     * How much moves.
     *
     * @param train videos to learn from, each once
     * @param test videos to track afterwards, of other images, without learning
     * @param frames frames of a video
     * @param objects objects of a video
     */
    public record Videos(
            @Range(min = 1) int train,
            @Range(min = 1) int test,
            @Range(min = 2) int frames,
            @Range(min = 1, max = 100) int objects) {}

    /**
     * What all runs have in common.
     *
     * @param convolutions channels of the encoder's convolutions
     * @param features width of the encoder's output
     * @param embedding width of the embedding
     * @param rate learning rate of Adam
     * @param clip frames of a clip
     * @param noise probability of noise, where there is any
     * @param normalisation what is made of each crop before it is encoded; pixels alone have it,
     *     too
     */
    public record Learner(
            @Count(min = 1) List<Integer> convolutions,
            @Range(min = 1) int features,
            @Range(min = 1) int embedding,
            @Range(above = 0, below = 1) double rate,
            @Range(min = 2) int clip,
            @Range(min = 0, max = 1) double noise,
            InputNormalisation normalisation) {
        /** Freezes the list. */
        public Learner {
            convolutions = List.copyOf(convolutions);
        }
    }
}
