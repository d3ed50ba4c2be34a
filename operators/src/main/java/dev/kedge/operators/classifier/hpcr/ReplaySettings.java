// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.classifier.hpcr;

import dev.kedge.operators.encoder.InputForm;
import dev.kedge.state.api.PublicApi;
import dev.kedge.state.replay.Admission;
import dev.kedge.state.replay.BalancedRetrieval;
import dev.kedge.state.replay.ClassBalancedReservoir;
import dev.kedge.state.replay.GreedyBalancing;
import dev.kedge.state.replay.Herding;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.replay.Reservoir;
import dev.kedge.state.replay.Ring;
import dev.kedge.state.replay.UniformRetrieval;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Settings of a continual classifier. {@link #of} gives the authors' of PCR and HPCR; what goes
 * beyond their papers is off there.
 *
 * @param method what is learned by
 * @param input what comes in
 * @param steps how much is learned at once
 * @param classes which classes there may be
 * @param values values of the methods; the schedule is HPCR's alone
 * @param memory what is kept and shown again
 * @param readOut how embeddings become answers
 * @param seed start of all randomness
 */
@PublicApi
public record ReplaySettings(
        Method method,
        Input input,
        Steps steps,
        Classes classes,
        @Group Values values,
        Memory memory,
        ReadOut readOut,
        long seed) {

    /** Checks what belongs together. */
    public ReplaySettings {
        checkTogether(method, memory.retrieval(), readOut);
        values = values.of(method.schedule(values.schedule()));
    }

    /**
     * Refuses what a method cannot do.
     *
     * @throws IllegalArgumentException in one line that names the field
     */
    public static void checkTogether(Method method, RetrievalKind retrieval, ReadOut readOut) {
        boolean answers = method.classifies() || readOut == ReadOut.NEAREST_MEAN;
        String means = "nearest-mean for method scr, which has no classifier";
        Checks.require(answers, "read-out", readOut, means);
        boolean draws = method.classifies() || retrieval != RetrievalKind.INTERFERED;
        String other = "another for method scr: interference is measured by a classifier's loss";
        Checks.require(draws, "replay.retrieval", retrieval, other);
        boolean knows = method.replays() || readOut == ReadOut.CLASSIFIER;
        String classifier = "classifier for method fine-tune, which keeps no samples";
        Checks.require(knows, "read-out", readOut, classifier);
    }

    /**
     * What comes in.
     *
     * @param width values of an input
     * @param form how they lie in bytes
     * @param scaling what is made of them before anything is computed with them
     */
    public record Input(@Range(min = 1) int width, InputForm form, Inputs scaling) {
        /** Checks what belongs together. */
        public Input {
            boolean scales = scaling == Inputs.NONE || form == InputForm.FLOATS;
            String name = scaling.name().toLowerCase(Locale.ROOT);
            String none = "none where samples are images, whose values are bounded";
            Checks.require(scales, "inputs", name, none);
        }

        /** Taken as they are. */
        public Input(int width, InputForm form) {
            this(width, form, Inputs.NONE);
        }

        /** The same, scaled otherwise. */
        public Input scaled(Inputs other) {
            return new Input(width, form, other);
        }
    }

    /**
     * How much is learned at once.
     *
     * @param batch incoming samples of a step
     * @param replay samples drawn from memory for a step, at most
     * @param views 2 if every sample has an augmented view, else 1
     */
    public record Steps(
            @Range(min = 1) int batch,
            @Range(min = 1) int replay,
            @Range(min = 1, max = 2) int views) {}

    /** Which classes there may be. */
    public record Classes(
            @Meaning(
                            "Most classes of a model, forgotten ones included; 1 to 4,096. A label beyond becomes a dead letter.")
                    @Range(min = 1)
                    int most,
            @Meaning("Classes known beforehand; the others appear as their labels come.")
                    List<String> declared)
            implements Serializable {
        /** Checks that there is room. */
        public Classes {
            declared = List.copyOf(declared);
            boolean once = declared.stream().distinct().count() == declared.size();
            String allowed = "at most classes.most (" + most + "), each once";
            Checks.require(once && declared.size() <= most, "declared", declared, allowed);
        }
    }

    /** Values of the methods. */
    public record Values(
            HpcrLoss.Settings loss,
            TemperatureSchedule schedule,
            @Meaning(
                            "Temperatures by class: that of a class with n learned samples, where classes have m on average, is multiplied by (n/m) to this power, at least 1/2, at most 2.")
                    @Range
                    double temperatureExponent,
            Distillation distillation,
            Baselines baselines)
            implements Serializable {
        /** The authors' values, for streams of tasks. */
        public static final Values REFERENCE =
                new Values(
                        HpcrLoss.Settings.REFERENCE,
                        TemperatureSchedule.REFERENCE,
                        0,
                        new Distillation(Trigger.SECOND_TASK, 100, 0),
                        new Baselines(0.07, 128, 0.1, 0.5, false));

        Values of(TemperatureSchedule other) {
            return new Values(loss, other, temperatureExponent, distillation, baselines);
        }
    }

    /** When distillation is on. */
    public enum Trigger {
        /** Never. */
        OFF,
        /** From the second task on, as the authors have it. */
        SECOND_TASK,
        /**
         * When the memory holds a class that is not in the batch and appeared long enough ago: for
         * streams without tasks.
         */
        BOUNDARY_FREE,
        /** Always. */
        ALWAYS
    }

    /** When HPCR distils, and from which teacher. */
    public record Distillation(
            @Meaning("When HPCR distils.") Trigger trigger,
            @Meaning("For `boundary-free`: how many batches ago a class must have appeared.")
                    @Range(min = 0)
                    int patience,
            @Meaning(
                            "0 for the answers stored with the samples; else the teacher is a moving average of the model that keeps this part of itself in every step.")
                    @Range(min = 0, below = 1)
                    double averaging)
            implements Serializable {
        boolean averages() {
            return averaging > 0;
        }
    }

    /** Values of the other methods. */
    public record Baselines(
            @Meaning("SCR's temperature.") double contrastTemperature,
            @Meaning("Width of SCR's projection.") int projection,
            @Meaning("DER++'s factor of the distance of logits.") double darkAlpha,
            @Meaning("DER++'s factor of the second draw's cross entropy.") double darkBeta,
            @Meaning("Whether ER's softmax runs over the classes present in each half only.")
                    boolean presentOnly)
            implements Serializable {}

    /** Which samples are kept. */
    public enum MemoryKind {
        /** {@link Reservoir} as its textbook has it. */
        RESERVOIR,
        /** {@link Reservoir} as the authors have it. */
        BATCH_RESERVOIR,
        /** {@link Ring}. */
        RING,
        /** {@link ClassBalancedReservoir}. */
        CLASS_BALANCED,
        /** {@link Herding}. */
        HERDING,
        /** {@link GreedyBalancing}. */
        GREEDY_BALANCING;

        Admission admission() {
            return switch (this) {
                case RESERVOIR -> new Reservoir(Reservoir.Rule.SAMPLE);
                case BATCH_RESERVOIR -> new Reservoir(Reservoir.Rule.BATCH);
                case RING -> new Ring();
                case CLASS_BALANCED -> new ClassBalancedReservoir();
                case HERDING -> new Herding();
                case GREEDY_BALANCING -> new GreedyBalancing();
            };
        }
    }

    /** Which samples are shown again. */
    public enum RetrievalKind {
        /** All alike. */
        RANDOM,
        /** All classes alike. */
        CLASS_BALANCED,
        /** Those whose loss would rise most (MIR, Aljundi et al. 2019). */
        INTERFERED,
        /** Those of most value by nearest neighbours (after ASER, Shim et al. 2021). */
        NEAREST;

        SlotChooser chooser(ReplayLearner shared) {
            return switch (this) {
                case RANDOM -> SlotChooser.by(new UniformRetrieval());
                case CLASS_BALANCED -> SlotChooser.by(new BalancedRetrieval());
                case INTERFERED -> new InterferedSlots(shared);
                case NEAREST -> new NearestSlots(shared);
            };
        }
    }

    /**
     * What is kept and shown again.
     *
     * @param bound how much is kept
     * @param kind which samples are kept
     * @param retrieval which are shown again
     * @param choice values of the retrievals that choose
     */
    public record Memory(
            MemoryBound bound, MemoryKind kind, RetrievalKind retrieval, @Group Choice choice) {
        /** The authors' memory of PCR and HPCR, of a capacity. */
        public static Memory ofSamples(int capacity) {
            MemoryBound bound = MemoryBound.ofSamples(capacity);
            return new Memory(
                    bound, MemoryKind.BATCH_RESERVOIR, RetrievalKind.RANDOM, Choice.DEFAULT);
        }
    }

    /** Values of {@link RetrievalKind#INTERFERED} and {@link RetrievalKind#NEAREST}. */
    public record Choice(
            @Meaning("How many stored samples `interfered` and `nearest` look at.") @Range(min = 1)
                    int candidates,
            @Meaning("Rate of the step that `interfered` looks ahead by.") @Range(above = 0)
                    double lookAhead)
            implements Serializable {
        /** 50 of the stored samples; a rate of 0.1. */
        public static final Choice DEFAULT = new Choice(50, 0.1);
    }

    /** How embeddings become answers. */
    public enum ReadOut {
        /** By proxies or by the linear classifier. */
        CLASSIFIER,
        /** By the nearest mean of the stored samples of each class, as they are encoded now. */
        NEAREST_MEAN
    }

    /** How embeddings become answers, as files say it. */
    public enum ReadOutName {
        /** Nearest mean for SCR, the classifier for the others. */
        BY_METHOD,
        /** The nearest mean of what is stored. */
        NEAREST_MEAN;

        /** The read-out of a method. */
        public ReadOut of(Method method) {
            return this == NEAREST_MEAN || method == Method.SCR
                    ? ReadOut.NEAREST_MEAN
                    : ReadOut.CLASSIFIER;
        }
    }

    /**
     * The authors' settings: batch and replay batch 10, boundaries by task, two views for the
     * contrastive methods and one for the others.
     *
     * @param most how many classes there is room for
     * @param capacity samples in memory
     */
    public static ReplaySettings of(Method method, Input input, int most, int capacity, long seed) {
        Steps steps = new Steps(10, 10, views(method, 0));
        Classes classes = new Classes(most, List.of());
        Memory memory = Memory.ofSamples(capacity);
        ReadOut readOut = ReadOutName.BY_METHOD.of(method);
        return new ReplaySettings(
                method, input, steps, classes, Values.REFERENCE, memory, readOut, seed);
    }

    /**
     * How many views of each sample a method has.
     *
     * @param given 1 or 2; 0 for as many as the method's authors have
     */
    public static int views(Method method, int given) {
        if (given != 0) {
            return given;
        }
        return method.views();
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public ReplaySettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** PCR's and HPCR's loss. */
    public HpcrLoss.Settings loss() {
        return values.loss();
    }

    /** HPCR's temperature component. */
    public TemperatureSchedule schedule() {
        return values.schedule();
    }

    /** Temperatures by class. */
    public double temperatureExponent() {
        return values.temperatureExponent();
    }

    /** When HPCR distils, and from which teacher. */
    public Distillation distillation() {
        return values.distillation();
    }

    /** Values of the other methods. */
    public Baselines baselines() {
        return values.baselines();
    }

    /** Whether there is a teacher that is an average of the model. */
    boolean averagesTeacher() {
        return method.averages(distillation());
    }

    /** Whether answers are stored with samples. */
    boolean storesLogits() {
        return method.storesLogits(distillation());
    }

    /** Whether features are stored with samples. */
    boolean storesFeatures() {
        return memory.kind() == MemoryKind.HERDING || method.storesFeatures(distillation());
    }
}
