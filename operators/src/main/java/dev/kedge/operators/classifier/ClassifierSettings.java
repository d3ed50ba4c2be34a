// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.hpcr.Augmentation;
import dev.kedge.operators.hpcr.AugmentationName;
import dev.kedge.operators.hpcr.EncoderName;
import dev.kedge.operators.hpcr.EncoderSettings;
import dev.kedge.operators.hpcr.EncoderSizes;
import dev.kedge.operators.hpcr.HpcrLoss;
import dev.kedge.operators.hpcr.Inputs;
import dev.kedge.operators.hpcr.Method;
import dev.kedge.operators.hpcr.ReplaySettings;
import dev.kedge.operators.hpcr.ReplaySettings.Baselines;
import dev.kedge.operators.hpcr.ReplaySettings.Distillation;
import dev.kedge.operators.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.hpcr.ReplaySettings.Trigger;
import dev.kedge.operators.hpcr.ReplayTuning;
import dev.kedge.operators.hpcr.TemperatureSchedule;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.settings.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set about a continual classifier in a stream. A job file has the same
 * names with hyphens.
 *
 * @param input what a sample is
 * @param inputs what is made of a sample's numbers before anything is computed with them
 * @param method what is learned by
 * @param encoder what makes embeddings
 * @param augmentation the second view
 * @param classes which classes there may be
 * @param learning batches and optimiser
 * @param loss PCR's and HPCR's loss
 * @param schedule HPCR's temperature component
 * @param temperatureExponent temperatures by class, as {@link ReplaySettings} has them
 * @param distillation when HPCR distils, and from which teacher
 * @param baselines values of the other methods
 * @param replay what is kept and shown again
 * @param readOut how embeddings become answers
 * @param answers how many classes a score names at most
 * @param join how samples and labels find each other
 * @param ahead how far an event's time may be ahead of the time at which its record was produced
 * @param evaluation prequential evaluation
 * @param seed seed of every generator
 */
public record ClassifierSettings(
        Input input,
        Inputs inputs,
        Method method,
        EncoderSettings encoder,
        AugmentationName augmentation,
        Classes classes,
        Learning learning,
        HpcrLoss.Settings loss,
        TemperatureSchedule schedule,
        double temperatureExponent,
        Distillation distillation,
        Baselines baselines,
        Replay replay,
        ReadOutName readOut,
        int answers,
        Join join,
        Duration ahead,
        Evaluation evaluation,
        long seed)
        implements Serializable {

    /** What a command can weigh while a job runs. */
    public static final List<String> WEIGHTS =
            List.of(ReplayTuning.PROXY_DISTILLATION, ReplayTuning.SAMPLE_DISTILLATION);

    /** HPCR over a small perceptron and grey images of 28 x 28, for a stream without tasks. */
    public static final ClassifierSettings DEFAULT =
            new ClassifierSettings(
                    new Input(0, new Image(1, 28, 28)),
                    Inputs.NONE,
                    Method.HPCR,
                    new EncoderSettings(
                            EncoderName.MLP,
                            new EncoderSizes.Mlp(List.of(256, 128)),
                            new EncoderSizes.Convnet(List.of(16, 32), 128)),
                    AugmentationName.NONE,
                    new Classes(100, List.of()),
                    new Learning(
                            10,
                            0,
                            Duration.ofMinutes(1),
                            new OptimiserSettings(
                                    OptimiserName.SGD, 0.1, 0, 0, RateSchedule.CONSTANT)),
                    HpcrLoss.Settings.REFERENCE,
                    TemperatureSchedule.REFERENCE,
                    0,
                    new Distillation(Trigger.BOUNDARY_FREE, 100, 0),
                    new Baselines(0.07, 128, 0.1, 0.5, false),
                    new Replay(1000, 10, MemoryKind.CLASS_BALANCED, RetrievalKind.RANDOM, 50, 0.1),
                    ReadOutName.BY_METHOD,
                    5,
                    new Join(Duration.ofDays(1), 1000, 1000, 1000),
                    Duration.ofDays(1),
                    new Evaluation(1000, 50, 200, Duration.ofMinutes(1)),
                    2026);

    /** Checks what no single part can check. */
    public ClassifierSettings {
        Checks.require(answers >= 1 && answers <= 100, "answers", answers, "between 1 and 100");
        Checks.require(!ahead.isNegative(), "ahead", ahead, "at least 0");
    }

    /**
     * What a sample is.
     *
     * @param features numbers of a sample; 0 if samples are images
     * @param image sides of an image, if samples are images
     */
    public record Input(int features, Image image) implements Serializable {
        /** Checks the width. */
        public Input {
            Checks.require(
                    features >= 0 && features <= 65_536,
                    "input.features",
                    features,
                    "between 0 (images) and 65536");
        }

        /** Sides of a sample, if samples are images. */
        public Optional<ImageShape> shape() {
            return features > 0
                    ? Optional.empty()
                    : Optional.of(new ImageShape(image.channels(), image.height(), image.width()));
        }

        /** The same for the learner. */
        public ReplaySettings.Input form() {
            return shape().map(s -> new ReplaySettings.Input(s.bytes(), InputForm.BYTES))
                    .orElseGet(() -> new ReplaySettings.Input(features, InputForm.FLOATS));
        }

        /** Bytes of a sample. */
        public int bytes() {
            return form().form().length(form().width());
        }
    }

    /**
     * Sides of an image.
     *
     * @param channels 1 for grey, 3 for red, green and blue
     * @param height rows of pixels
     * @param width columns of pixels
     */
    public record Image(int channels, int height, int width) implements Serializable {
        /** Checks the sides. */
        public Image {
            ImageShape.requireSides("image", channels, height, width);
        }
    }

    /**
     * Which classes there may be.
     *
     * @param most how many there is room for, forgotten ones included
     * @param declared those known beforehand, in order; the others appear as they come
     */
    public record Classes(int most, List<String> declared) implements Serializable {
        /** Checks that there is room. */
        public Classes {
            declared = List.copyOf(declared);
            Checks.require(most >= 1 && most <= 4096, "classes.most", most, "between 1 and 4096");
            Checks.require(
                    declared.size() <= most
                            && declared.stream().distinct().count() == declared.size(),
                    "classes.declared",
                    declared,
                    "at most classes.most (" + most + "), each once");
        }
    }

    /**
     * Batches and optimiser.
     *
     * @param batch samples of a step
     * @param views 1 or 2 of each sample; 0 for as many as the method has
     * @param patience event time after which an unfilled batch is learned; 0 for never
     * @param optimiser how steps are made
     */
    public record Learning(int batch, int views, Duration patience, OptimiserSettings optimiser)
            implements Serializable {
        /** Checks the numbers. */
        public Learning {
            Checks.require(
                    batch >= 1 && batch <= 1024, "learning.batch", batch, "between 1 and 1024");
            Checks.require(views >= 0 && views <= 2, "learning.views", views, "0, 1 or 2");
            Checks.require(!patience.isNegative(), "learning.patience", patience, "at least 0");
        }
    }

    /**
     * What is kept and shown again.
     *
     * @param capacity samples in memory
     * @param batch samples drawn from memory for a step, at most
     * @param memory which samples are kept
     * @param retrieval which are shown again
     * @param candidates how many stored samples are looked at by the retrievals that choose
     * @param lookAhead rate of the step that interfered retrieval looks ahead by
     */
    public record Replay(
            int capacity,
            int batch,
            MemoryKind memory,
            RetrievalKind retrieval,
            int candidates,
            double lookAhead)
            implements Serializable {
        /** Checks the numbers. */
        public Replay {
            Checks.require(
                    capacity >= 1 && capacity <= 1_000_000,
                    "replay.capacity",
                    capacity,
                    "between 1 and 1000000");
            Checks.require(
                    batch >= 1 && batch <= 1024, "replay.batch", batch, "between 1 and 1024");
            Checks.require(
                    candidates >= 1 && candidates <= 1024,
                    "replay.candidates",
                    candidates,
                    "between 1 and 1024");
            Checks.require(lookAhead > 0, "replay.look-ahead", lookAhead, "above 0");
        }
    }

    /** How embeddings become answers. */
    public enum ReadOutName {
        /** Nearest mean for SCR, the classifier for the others. */
        BY_METHOD,
        /** The nearest mean of what is stored. */
        NEAREST_MEAN
    }

    /**
     * How samples and labels find each other.
     *
     * @param within event time that one waits for the other
     * @param samples most samples that wait
     * @param labels most labels that wait
     * @param ids how many ids of samples that wait no more are remembered, to know what comes again
     */
    public record Join(Duration within, int samples, int labels, int ids) implements Serializable {
        /** Checks the numbers. */
        public Join {
            Checks.require(!within.isNegative(), "join.within", within, "at least 0");
            count("join.samples", samples);
            count("join.labels", labels);
            count("join.ids", ids);
        }

        private static void count(String field, int value) {
            Checks.require(value >= 1 && value <= 1_000_000, field, value, "between 1 and 1000000");
        }
    }

    /**
     * Prequential evaluation.
     *
     * @param window judged samples in the sliding window
     * @param classWindow judged samples in the sliding window of each class
     * @param rankOf stored samples by which the rank of embeddings is measured; 0 for not at all
     * @param every event time between two records of metrics
     */
    public record Evaluation(int window, int classWindow, int rankOf, Duration every)
            implements Serializable {
        /** Checks the numbers. */
        public Evaluation {
            Checks.require(
                    window >= 10 && window <= 100_000,
                    "evaluation.window",
                    window,
                    "between 10 and 100000");
            Checks.require(
                    classWindow >= 5 && classWindow <= 10_000,
                    "evaluation.class-window",
                    classWindow,
                    "between 5 and 10000");
            Checks.require(
                    rankOf >= 0 && rankOf <= 1024,
                    "evaluation.rank-of",
                    rankOf,
                    "between 0 and 1024");
            Checks.require(every.toMillis() >= 1, "evaluation.every", every, "at least 1 ms");
        }
    }

    /**
     * Refuses what the learner would refuse.
     *
     * @throws IllegalArgumentException if parts do not belong together, in one line that names the
     *     field
     */
    public void check() {
        replaySettings();
        encoderFactory();
        secondView();
    }

    /** The same for the learner. */
    ReplaySettings replaySettings() {
        ReplaySettings standard =
                ReplaySettings.of(
                        method,
                        input.form().scaled(inputs),
                        classes.most(),
                        replay.capacity(),
                        seed);
        int views = learning.views() == 0 ? standard.steps().views() : learning.views();
        ReplaySettings changed =
                standard.withSteps(
                                new ReplaySettings.Steps(learning.batch(), replay.batch(), views))
                        .withClasses(new ReplaySettings.Classes(classes.most(), classes.declared()))
                        .withLoss(loss, method.schedule(schedule), temperatureExponent)
                        .withDistillation(distillation)
                        .withBaselines(baselines)
                        .withMemory(
                                new ReplaySettings.Memory(
                                        MemoryBound.ofSamples(replay.capacity()),
                                        replay.memory(),
                                        replay.retrieval(),
                                        replay.candidates(),
                                        replay.lookAhead()));
        return readOut == ReadOutName.NEAREST_MEAN
                ? changed.withReadOut(ReplaySettings.ReadOut.NEAREST_MEAN)
                : changed;
    }

    EncoderFactory encoderFactory() {
        return encoder.factory(input.form().width(), input.shape());
    }

    Augmentation secondView() {
        return augmentation.of("augmentation", input.shape());
    }
}
