// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.tracker;

import dev.kedge.jobs.laboratory.classifier.ExperimentSettings;
import dev.kedge.operators.encoder.InputNormalisation;
import dev.kedge.operators.tracker.ctvis.Motion;
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
 * @param recorded sequences that were recorded, instead of images that move
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
        Recorded recorded,
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
                    Recorded.NONE,
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
     * Sequences of the MOT Challenge below {@code data.path}, tracked by what each detection looks
     * like and where it is.
     *
     * @param sequences their names; none for images that move
     * @param teachings what is learned from before each is judged
     * @param variants by what is tracked
     * @param embedding width of what is learned over the given embedding
     * @param embeddingScale length that learned embeddings are brought to, 0 as they come
     * @param rate learning rate of Adam
     * @param clip frames of a clip
     * @param every frames from one step to the next
     * @param confidence least score of what is learned as its track's
     * @param noise of pseudo-clips
     * @param dropout of pseudo-clips
     * @param threshold match scores up to this are none
     * @param motion of the variants with motion
     * @param deadFrames frames after which an instance that is not seen is forgotten
     */
    public record Recorded(
            List<String> sequences,
            @Count(min = 1) List<Teaching> teachings,
            @Count(min = 1) List<RecordedVariant> variants,
            @Range(min = 1, max = 4096) int embedding,
            @Range(min = 0, max = 100) double embeddingScale,
            @Range(above = 0, below = 1) double rate,
            @Range(min = 2) int clip,
            @Range(min = 1) int every,
            @Range(min = -1, max = 1) double confidence,
            @Range(min = 0) double noise,
            @Range(min = 0, below = 1) double dropout,
            @Range(min = -1, max = 1) double threshold,
            Motion.Settings motion,
            @Range(min = 1) int deadFrames) {
        /** No sequences, and the settings of the tables. */
        public static final Recorded NONE =
                new Recorded(
                        List.of(),
                        List.of(Teaching.values()),
                        List.of(RecordedVariant.values()),
                        128,
                        3,
                        0.0001,
                        5,
                        1,
                        0.8,
                        0.1,
                        0.1,
                        0.6,
                        new Motion.Settings(Motion.Model.CONSTANT_VELOCITY, 0.25, 1),
                        30);

        /** Freezes the lists. */
        public Recorded {
            sequences = List.copyOf(sequences);
            teachings = List.copyOf(teachings);
            variants = List.copyOf(variants);
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
