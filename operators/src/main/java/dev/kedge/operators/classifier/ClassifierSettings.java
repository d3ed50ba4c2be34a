// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier;

import dev.kedge.operators.classifier.hpcr.Inputs;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Choice;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.ReadOutName;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.Trigger;
import dev.kedge.operators.classifier.hpcr.ReplayTuning;
import dev.kedge.operators.encoder.EncoderFactory;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSettings;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.encoder.InputForm;
import dev.kedge.operators.image.Augmentation;
import dev.kedge.operators.image.AugmentationName;
import dev.kedge.operators.image.ImageShape;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Lasting;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set about a continual classifier in a stream. A job file has the same
 * names with hyphens.
 */
@PublicApi
public record ClassifierSettings(
        @Group Samples samples,
        @Meaning("What is learned by.") Method method,
        EncoderSettings encoder,
        @Meaning(
                        "The second view: the sample itself, a crop, or all that the authors of PCR and HPCR do (crop, flip, colour jitter, grey). Images only.")
                AugmentationName augmentation,
        ReplaySettings.Classes classes,
        Learning learning,
        @Meaning(
                        at = "distillation.trigger",
                        value = "When HPCR distils. A stream has no tasks: `second-task` is never.")
                @Group
                ReplaySettings.Values values,
        Replay replay,
        @Meaning(
                        "How embeddings become answers: nearest mean for `scr` and the classifier for the others, or nearest mean for all.")
                ReadOutName readOut,
        @Meaning("Classes that a score names at most; 1 to 100.") @Range(min = 1, max = 100)
                int answers,
        Join join,
        @Meaning("How far an event's time may lie after its record's Kafka timestamp; at least 0.")
                @Lasting(min = "0")
                Duration ahead,
        Evaluation evaluation,
        @Meaning("Seed of every generator; each model's own follows from it and the model's name.")
                long seed)
        implements Serializable {

    /** What a command can weigh while a job runs. */
    public static final List<String> WEIGHTS =
            List.of(ReplayTuning.PROXY_DISTILLATION, ReplayTuning.SAMPLE_DISTILLATION);

    private static ReplaySettings.Values withoutTasks() {
        Trigger trigger = Trigger.BOUNDARY_FREE;
        return Schema.with(ReplaySettings.Values.REFERENCE, "distillation.trigger", trigger);
    }

    /** HPCR over a small perceptron and grey images of 28 x 28, for a stream without tasks. */
    public static final ClassifierSettings DEFAULT =
            new ClassifierSettings(
                    new Samples(new Input(0, new ImageShape(1, 28, 28)), Inputs.NONE),
                    Method.HPCR,
                    new EncoderSettings(EncoderName.MLP, EncoderSizes.DEFAULT),
                    AugmentationName.NONE,
                    new ReplaySettings.Classes(100, List.of()),
                    new Learning(10, 0, Duration.ofMinutes(1), OptimiserSettings.SGD),
                    withoutTasks(),
                    Replay.DEFAULT,
                    ReadOutName.BY_METHOD,
                    5,
                    new Join(Duration.ofDays(1), 1000, 1000, 1000),
                    Duration.ofDays(1),
                    new Evaluation(1000, 50, 200, Duration.ofMinutes(1)),
                    2026);

    /** Checks what no single part can check: the learner would refuse it. */
    public ClassifierSettings {
        Checks.within("classes.most", classes.most(), 1, 4096);
        ReplaySettings.checkTogether(method, replay.retrieval(), readOut.of(method));
        encoder.factory(samples.form().width(), samples.input().shape());
        augmentation.of("augmentation", samples.input().shape());
    }

    /** What a sample is, and what is made of it. */
    public record Samples(
            Input input,
            @Meaning(
                            "What is made of a sample's numbers before anything is computed with them: nothing (`none`); each moved to within five standard deviations of its running mean (`clip`); or each made standard deviations from its running mean, at most five (`standardise`). Samples of numbers only. Numbers beyond 1,000,000 either way are refused whatever this says.")
                    Inputs inputs)
            implements Serializable {
        /** Checks what belongs together. */
        public Samples {
            input.form().scaled(inputs);
        }

        /** The same for the learner. */
        public ReplaySettings.Input form() {
            return input.form().scaled(inputs);
        }
    }

    /** What a sample is: {@code features} numbers, or an image. */
    public record Input(
            @Meaning("Numbers of a sample; 0 if samples are images; at most 65,536.")
                    @Range(min = 0, max = 65_536)
                    int features,
            ImageShape image)
            implements Serializable {
        /** Sides of a sample, if samples are images. */
        public Optional<ImageShape> shape() {
            return features > 0 ? Optional.empty() : Optional.of(image);
        }

        private ReplaySettings.Input form() {
            return features > 0
                    ? new ReplaySettings.Input(features, InputForm.FLOATS)
                    : new ReplaySettings.Input(image.bytes(), InputForm.BYTES);
        }

        /** What a model stores of it, to know a model of other inputs: these words never change. */
        String stored() {
            return "Input[features=" + features + ", image=" + image.stored("Image") + "]";
        }

        /** Bytes of a sample. */
        public int bytes() {
            return form().form().length(form().width());
        }
    }

    /** Batches and optimiser. */
    public record Learning(
            @Meaning("Samples of a step; 1 to 1,024.") @Range(min = 1, max = 1024) int batch,
            @Meaning(
                            "Views of each sample, 1 or 2; 0 for as many as the method has: 2 for `scr`, `pcr` and `hpcr`, else 1.")
                    @Range(min = 0, max = 2)
                    int views,
            @Meaning("Event time after which an unfilled batch is learned; 0 for never.")
                    @Lasting(min = "0")
                    Duration patience,
            OptimiserSettings optimiser)
            implements Serializable {}

    /** What is kept and shown again. */
    public record Replay(
            @Meaning("Samples in a model's memory; 1 to 1,000,000.")
                    @Range(min = 1, max = 1_000_000)
                    int capacity,
            @Meaning("Samples drawn from memory for a step, at most; 1 to 1,024.")
                    @Range(min = 1, max = 1024)
                    int batch,
            @Meaning("Which samples are kept.") MemoryKind memory,
            @Meaning("Which are shown again.") RetrievalKind retrieval,
            @Meaning(
                            at = "candidates",
                            value =
                                    "How many stored samples `interfered` and `nearest` look at; 1 to 1,024.")
                    @Meaning(
                            at = "look-ahead",
                            value = "Rate of the step that `interfered` looks ahead by; above 0.")
                    @Group
                    Choice choice)
            implements Serializable {
        /** 1,000 samples, balanced by class, 10 of them with each step. */
        public static final Replay DEFAULT =
                new Replay(
                        1000, 10, MemoryKind.CLASS_BALANCED, RetrievalKind.RANDOM, Choice.DEFAULT);

        /** Checks that a step stays small. */
        public Replay {
            Checks.within("candidates", choice.candidates(), 1, 1024);
        }

        private ReplaySettings.Memory form() {
            return new ReplaySettings.Memory(
                    MemoryBound.ofSamples(capacity), memory, retrieval, choice);
        }
    }

    /** How samples and labels find each other. */
    public record Join(
            @Meaning("Event time that a sample waits for its label, and a label for its sample.")
                    @Lasting(min = "0")
                    Duration within,
            @Meaning("Most samples of a model that wait; beyond, the oldest expires.")
                    @Range(min = 1, max = 1_000_000)
                    int samples,
            @Meaning("Most labels of a model that wait; beyond, the oldest becomes a dead letter.")
                    @Range(min = 1, max = 1_000_000)
                    int labels,
            @Meaning("Ids of samples that wait no more by which a model knows what comes again.")
                    @Range(min = 1, max = 1_000_000)
                    int ids)
            implements Serializable {}

    /** Prequential evaluation. */
    public record Evaluation(
            @Meaning("Judged samples in the sliding window of the evaluation; 10 to 100,000.")
                    @Range(min = 10, max = 100_000)
                    int window,
            @Meaning("Judged samples in the sliding window of each class; 5 to 10,000.")
                    @Range(min = 5, max = 10_000)
                    int classWindow,
            @Meaning(
                            "Stored samples by which the rank of the embeddings is measured; 0 for not at all, at most 1,024.")
                    @Range(min = 0, max = 1024)
                    int rankOf,
            @Meaning("Event time between two records of metrics; at least 1 ms.")
                    @Lasting(min = "1 ms")
                    Duration every)
            implements Serializable {}

    /** What a sample is. */
    public Input input() {
        return samples.input();
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public ClassifierSettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** The same for the learner. */
    ReplaySettings replaySettings() {
        int views = ReplaySettings.views(method, learning.views());
        ReplaySettings.Steps steps =
                new ReplaySettings.Steps(learning.batch(), replay.batch(), views);
        ReplaySettings.Input form = samples.form();
        return new ReplaySettings(
                method, form, steps, classes, values, replay.form(), readOut.of(method), seed);
    }

    EncoderFactory encoderFactory() {
        return encoder.factory(samples.form().width(), input().shape());
    }

    Augmentation secondView() {
        return augmentation.of("augmentation", input().shape());
    }
}
