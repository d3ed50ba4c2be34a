// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.hpcr;

import dev.kedge.operators.encoder.InputForm;
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
 * @param loss PCR's and HPCR's loss
 * @param schedule HPCR's temperature component
 * @param temperatureExponent temperatures by class: that of a class with n learned samples, where
 *     classes have m on average, is multiplied by {@code (n/m)^exponent}, at least 1/2 and at most
 *     2; 0 gives all the same
 * @param distillation when HPCR distils, and from which teacher
 * @param baselines values of the other methods
 * @param memory what is kept and shown again
 * @param readOut how embeddings become answers
 * @param seed start of all randomness
 */
public record ReplaySettings(
        Method method,
        Input input,
        Steps steps,
        Classes classes,
        HpcrLoss.Settings loss,
        TemperatureSchedule schedule,
        double temperatureExponent,
        Distillation distillation,
        Baselines baselines,
        Memory memory,
        ReadOut readOut,
        long seed) {

    /** Checks what belongs together. */
    public ReplaySettings {
        Checks.require(
                method.classifies() || readOut == ReadOut.NEAREST_MEAN,
                "read-out",
                readOut,
                "nearest-mean for method scr, which has no classifier");
        Checks.require(
                method.classifies() || memory.retrieval() != RetrievalKind.INTERFERED,
                "replay.retrieval",
                memory.retrieval(),
                "another for method scr: interference is measured by a classifier's loss");
        Checks.require(
                method.replays() || readOut == ReadOut.CLASSIFIER,
                "read-out",
                readOut,
                "classifier for method fine-tune, which keeps no samples");
        Checks.require(
                Double.isFinite(temperatureExponent),
                "temperature.exponent",
                temperatureExponent,
                "a finite number");
    }

    /**
     * What comes in.
     *
     * @param width values of an input
     * @param form how they lie in bytes
     * @param scaling what is made of them before anything is computed with them
     */
    public record Input(int width, InputForm form, Inputs scaling) {
        /** Checks what belongs together. */
        public Input {
            Checks.require(width > 0, "input.width", width, "at least 1");
            Checks.require(
                    scaling == Inputs.NONE || form == InputForm.FLOATS,
                    "inputs",
                    scaling.name().toLowerCase(Locale.ROOT),
                    "none where samples are images, whose values are bounded");
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
    public record Steps(int batch, int replay, int views) {
        /** Checks the numbers. */
        public Steps {
            Checks.require(batch > 0, "batch", batch, "at least 1");
            Checks.require(replay > 0, "replay.batch", replay, "at least 1");
            Checks.require(views == 1 || views == 2, "views", views, "1 or 2");
        }
    }

    /**
     * Which classes there may be.
     *
     * @param most how many there is room for
     * @param declared those known beforehand, in order; the others appear as they come
     */
    public record Classes(int most, List<String> declared) {
        /** Checks that there is room. */
        public Classes {
            declared = List.copyOf(declared);
            Checks.require(most > 0, "classes.most", most, "at least 1");
            Checks.require(
                    declared.size() <= most,
                    "classes.declared",
                    declared.size() + " classes",
                    "at most classes.most (" + most + ")");
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

    /**
     * When HPCR distils, and from which teacher.
     *
     * @param trigger when
     * @param patience for {@link Trigger#BOUNDARY_FREE}: how many batches ago
     * @param averaging 0 for the answers stored with the samples; else the teacher is a moving
     *     average of the model, keeping this part of itself in every step
     */
    public record Distillation(Trigger trigger, int patience, double averaging)
            implements Serializable {
        /** Checks the numbers. */
        public Distillation {
            Checks.require(patience >= 0, "distillation.patience", patience, "at least 0");
            Checks.require(
                    averaging >= 0 && averaging < 1,
                    "distillation.averaging",
                    averaging,
                    "at least 0 and below 1");
        }

        boolean averages() {
            return averaging > 0;
        }
    }

    /**
     * Values of the other methods.
     *
     * @param contrastTemperature SCR's temperature
     * @param projection width of SCR's projection
     * @param darkAlpha DER++'s factor of the distance of logits
     * @param darkBeta DER++'s factor of the second draw's cross entropy
     * @param presentOnly whether ER's softmax runs over the classes present in each half only
     */
    public record Baselines(
            double contrastTemperature,
            int projection,
            double darkAlpha,
            double darkBeta,
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
     * @param candidates how many stored samples are looked at by {@link RetrievalKind#INTERFERED}
     *     and {@link RetrievalKind#NEAREST}
     * @param lookAhead rate of the step that {@link RetrievalKind#INTERFERED} looks ahead by
     */
    public record Memory(
            MemoryBound bound,
            MemoryKind kind,
            RetrievalKind retrieval,
            int candidates,
            double lookAhead) {
        /** Checks the numbers. */
        public Memory {
            Checks.require(candidates > 0, "replay.candidates", candidates, "at least 1");
            Checks.require(lookAhead > 0, "replay.look-ahead", lookAhead, "above 0");
        }

        /** The authors' memory of PCR and HPCR, of a capacity. */
        public static Memory ofSamples(int capacity) {
            return new Memory(
                    MemoryBound.ofSamples(capacity),
                    MemoryKind.BATCH_RESERVOIR,
                    RetrievalKind.RANDOM,
                    50,
                    0.1);
        }
    }

    /** How embeddings become answers. */
    public enum ReadOut {
        /** By proxies or by the linear classifier. */
        CLASSIFIER,
        /** By the nearest mean of the stored samples of each class, as they are encoded now. */
        NEAREST_MEAN
    }

    /**
     * The authors' settings: batch and replay batch 10, boundaries by task, two views for the
     * contrastive methods and one for the others.
     *
     * @param most how many classes there is room for
     * @param capacity samples in memory
     */
    public static ReplaySettings of(Method method, Input input, int most, int capacity, long seed) {
        return new ReplaySettings(
                method,
                input,
                new Steps(10, 10, method.views()),
                new Classes(most, List.of()),
                HpcrLoss.Settings.REFERENCE,
                method.schedule(TemperatureSchedule.REFERENCE),
                0,
                new Distillation(Trigger.SECOND_TASK, 100, 0),
                new Baselines(0.07, 128, 0.1, 0.5, false),
                Memory.ofSamples(capacity),
                method.classifies() ? ReadOut.CLASSIFIER : ReadOut.NEAREST_MEAN,
                seed);
    }

    /** The same with other steps. */
    public ReplaySettings withSteps(Steps other) {
        return new ReplaySettings(
                method,
                input,
                other,
                classes,
                loss,
                schedule,
                temperatureExponent,
                distillation,
                baselines,
                memory,
                readOut,
                seed);
    }

    /** The same with other classes. */
    public ReplaySettings withClasses(Classes other) {
        return new ReplaySettings(
                method,
                input,
                steps,
                other,
                loss,
                schedule,
                temperatureExponent,
                distillation,
                baselines,
                memory,
                readOut,
                seed);
    }

    /** The same with another loss and temperature. */
    public ReplaySettings withLoss(
            HpcrLoss.Settings other, TemperatureSchedule newSchedule, double newExponent) {
        return new ReplaySettings(
                method,
                input,
                steps,
                classes,
                other,
                newSchedule,
                newExponent,
                distillation,
                baselines,
                memory,
                readOut,
                seed);
    }

    /** The same with another distillation. */
    public ReplaySettings withDistillation(Distillation other) {
        return new ReplaySettings(
                method,
                input,
                steps,
                classes,
                loss,
                schedule,
                temperatureExponent,
                other,
                baselines,
                memory,
                readOut,
                seed);
    }

    /** The same with other values of the other methods. */
    public ReplaySettings withBaselines(Baselines other) {
        return new ReplaySettings(
                method,
                input,
                steps,
                classes,
                loss,
                schedule,
                temperatureExponent,
                distillation,
                other,
                memory,
                readOut,
                seed);
    }

    /** The same with another memory. */
    public ReplaySettings withMemory(Memory other) {
        return new ReplaySettings(
                method,
                input,
                steps,
                classes,
                loss,
                schedule,
                temperatureExponent,
                distillation,
                baselines,
                other,
                readOut,
                seed);
    }

    /** The same with another read-out. */
    public ReplaySettings withReadOut(ReadOut other) {
        return new ReplaySettings(
                method,
                input,
                steps,
                classes,
                loss,
                schedule,
                temperatureExponent,
                distillation,
                baselines,
                memory,
                other,
                seed);
    }

    /** Whether there is a teacher that is an average of the model. */
    boolean averagesTeacher() {
        return method.averages(distillation);
    }

    /** Whether answers are stored with samples. */
    boolean storesLogits() {
        return method.storesLogits(distillation);
    }

    /** Whether features are stored with samples. */
    boolean storesFeatures() {
        return memory.kind() == MemoryKind.HERDING || method.storesFeatures(distillation);
    }
}
