// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.operators.classifier.hpcr.Inputs;
import dev.kedge.operators.classifier.hpcr.Method;
import dev.kedge.operators.classifier.hpcr.ReplaySettings;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.ReadOutName;
import dev.kedge.operators.classifier.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.encoder.EncoderName;
import dev.kedge.operators.encoder.EncoderSizes;
import dev.kedge.operators.image.AugmentationName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.settings.Checks;
import dev.kedge.state.settings.Count;
import dev.kedge.state.settings.Group;
import dev.kedge.state.settings.Matching;
import dev.kedge.state.settings.Meaning;
import dev.kedge.state.settings.Range;
import dev.kedge.state.settings.Schema;
import java.util.List;

/** One experiment file. */
public record ExperimentSettings(
        @Meaning("Name of the experiment, and of its folder below `running.folder`.")
                @Matching(
                        value = "(?!\\.)" + Matching.NAME,
                        allowed = ExperimentSettings.ALLOWED_NAME)
                String name,
        Data data,
        Protocol protocol,
        LearnerSettings learner,
        Grid grid,
        Evaluation evaluation,
        Running running) {
    /** What an experiment may be called, in words. */
    public static final String ALLOWED_NAME =
            "letters, digits, . _ - (1 to 100), not beginning with a dot";

    /** Everything as it is without a file. */
    public static final ExperimentSettings DEFAULT = defaults();

    private static ExperimentSettings defaults() {
        Csv csv = new Csv("label", ",", "", "");
        Synthetic clouds = new Synthetic(4, 12, 0.6, 200, 50, 1);
        Data data = new Data(Format.SYNTHETIC, "", 0, 0, "", csv, clouds);
        Order order = Order.CLASS_INCREMENTAL;
        Drift drift = Drift.PERMUTED;
        Protocol protocol =
                new Protocol(order, List.of(), 2, 1, 0.1, drift, true, true, Arrival.WAITING);
        Grid grid =
                new Grid(
                        List.of(Method.HPCR),
                        List.of(EncoderName.MLP),
                        List.of(MemoryKind.BATCH_RESERVOIR),
                        List.of(RetrievalKind.RANDOM),
                        List.of(MemoryBound.ofSamples(200)),
                        List.of(1L));
        LearnerSettings learner = LearnerSettings.DEFAULT;
        Evaluation evaluation = new Evaluation(4, 500);
        Running running = new Running("experiments", 1, 5000);
        return new ExperimentSettings(
                "experiment", data, protocol, learner, grid, evaluation, running);
    }

    /** The same with another value of a field; see {@link Schema#with}. */
    public ExperimentSettings with(String field, Object value) {
        return Schema.with(this, field, value);
    }

    /** What data comes as. */
    public enum Format {
        /** A folder {@code train} and a folder {@code test}, in each a folder of images a class. */
        IMAGE_FOLDER,
        /** Four IDX files, compressed or not. */
        MNIST,
        /** The binary files of CIFAR-10. */
        CIFAR_10,
        /** The binary files of CIFAR-100. */
        CIFAR_100,
        /** {@code train.csv} and {@code test.csv}. */
        CSV,
        /** Clouds of points, made up. */
        SYNTHETIC
    }

    /** What is learned from. */
    public record Data(
            @Meaning("What the data comes as; see [Data](#data).") Format format,
            @Meaning("Folder that holds it; `--data` names another. Empty for `synthetic`.")
                    String path,
            @Meaning("Training samples of each class, the first of them; 0 for all.")
                    @Range(min = 0)
                    int trainPerClass,
            @Meaning("Test samples of each class, the first of them; 0 for all.") @Range(min = 0)
                    int testPerClass,
            @Meaning(
                            "File that says in which order the training samples come, an index a line; a name without a folder is looked for in that of the data. Empty for none; see [Your own order](#your-own-order).")
                    String orderFile,
            Csv csv,
            Synthetic synthetic) {
        /** Refuses two orders at once. */
        public Data {
            boolean one = orderFile.isEmpty() || csv.order().isEmpty();
            String allowed = "empty where csv.order names a column";
            Checks.require(one, "order-file", orderFile, allowed);
        }
    }

    /** How a CSV file is read. */
    public record Csv(
            @Meaning("Column of labels; all others but those named here are numbers.")
                    @Matching(value = Matching.NOT_BLANK, allowed = "the name of a column")
                    String label,
            @Meaning("Character that separates columns.")
                    @Matching(value = "(?s).", allowed = "one character")
                    String delimiter,
            @Meaning(
                            "Column by which rows are sorted, such as a time; no input. Empty for the order of the file; see [Your own order](#your-own-order).")
                    String order,
            @Meaning("Column that names the task of each row; no input. Empty for none.")
                    String task) {
        /** Refuses a column of two meanings. */
        public Csv {
            boolean another = order.isEmpty() || !order.equals(label);
            Checks.require(another, "order", order, "another column than the label");
            boolean third = task.isEmpty() || !List.of(label, order).contains(task);
            Checks.require(third, "task", task, "another column than label and order");
        }
    }

    /** Clouds of points around random centres in [-1, 1]. */
    public record Synthetic(
            @Meaning("Classes, each a cloud of points around a random centre in [-1, 1].")
                    @Range(min = 1)
                    int classes,
            @Meaning("Values of a sample.") @Range(min = 1) int inputs,
            @Meaning("Values are off their centre by up to this much.") @Range(min = 0)
                    double noise,
            @Meaning("Training samples of each class.") @Range(min = 1) int train,
            @Meaning("Test samples of each class.") @Range(min = 1) int test,
            @Meaning("Which centres and points.") long seed) {}

    /** In which order samples come. */
    public enum Order {
        /** Classes in groups, one group after another. */
        CLASS_INCREMENTAL,
        /** The same, but part of each group comes in the times of others. */
        BLURRED,
        /** All classes all the time; what they look like changes from task to task. */
        DOMAIN_DRIFT,
        /** All classes all the time. */
        RANDOM,
        /** As the data have them: by a column, by a file of indices, or as they were read. */
        GIVEN
    }

    /** How inputs look in the second task and later ones of a drift. */
    public enum Drift {
        /** Their values change places, in each task in another way. */
        PERMUTED,
        /** Images turn, evenly up to half a turn in the last task. */
        ROTATED
    }

    /** In which order samples come. */
    public record Protocol(
            @Meaning("In which order samples come; see [Protocols](#protocols).") Order order,
            @Meaning(
                            "The classes in the order in which they come, each once, with `class-incremental` and `blurred`; `[]` for an order that the seed draws.")
                    @Count(distinct = true)
                    List<String> classOrder,
            @Meaning(
                            "Number of tasks. Where they are made of classes it divides the number of classes.")
                    @Range(min = 1)
                    int tasks,
            @Meaning("How often each task's samples come.") @Range(min = 1) int passes,
            @Meaning(
                            "Share of each task's samples that come in another task, with `blurred`; 0 to 1.")
                    @Range(min = 0, max = 1)
                    double blur,
            @Meaning("What changes from task to task, with `domain-drift`.") Drift drift,
            @Meaning(
                            "Whether the learner is told that a task begins: HPCR's schedule restarts then, and its distillation waits for the second task.")
                    boolean tellBoundaries,
            @Meaning(
                            "Whether the unfilled batch at the end of a task is dropped, as the authors of PCR and HPCR do, or learned. Where boundaries are not told, only at the end of the stream.")
                    boolean dropIncomplete,
            Arrival arrival) {
        /** Freezes the list and refuses an order of classes where there is none. */
        public Protocol {
            classOrder = List.copyOf(classOrder);
            boolean ordered = order == Order.CLASS_INCREMENTAL || order == Order.BLURRED;
            String allowed = "[] unless order is class-incremental or blurred";
            Checks.require(ordered || classOrder.isEmpty(), "class-order", classOrder, allowed);
        }
    }

    /** What all runs have in common; what belongs to a method is checked with it. */
    public record LearnerSettings(
            @Meaning("Incoming samples of a step.") int batch,
            @Meaning("Samples drawn from memory for a step, at most.") int replay,
            @Meaning(
                            "Views of each sample, 1 or 2; 0 for as many as the method has: 2 for `scr`, `pcr` and `hpcr`, else 1.")
                    @Range(min = 0, max = 2)
                    int views,
            @Meaning(
                            "What is made of a sample's numbers before anything is computed with them: nothing (`none`); each moved to within five standard deviations of its running mean (`clip`); or each made standard deviations from its running mean, at most five (`standardise`). Samples of numbers only. Rows with numbers beyond 1,000,000 either way are left out and counted whatever this says.")
                    Inputs inputs,
            @Meaning(
                            "The second view: the sample itself, a crop, or all that the authors of PCR and HPCR do (crop, flip, colour jitter, grey). Images only.")
                    AugmentationName augmentation,
            @Group EncoderSizes sizes,
            @Meaning(at = "kind", value = "Which optimiser. `adam` with `decay` is AdamW.")
                    @Meaning(at = "rate", value = "Its rate, which the schedule multiplies.")
                    @Meaning(at = "momentum", value = "Momentum of `sgd`.")
                    @Meaning(
                            at = "decay",
                            value =
                                    "Decay of the parameters: added to the gradient by `sgd`, decoupled from it by `adam`.")
                    OptimiserSettings optimiser,
            @Meaning(
                            at = "loss.temperature",
                            value = "tau of contrast and of sample-contrastive distillation.")
                    @Meaning(at = "loss.scale", value = "sigma by which cosines become logits.")
                    @Meaning(at = "schedule.period", value = "Steps of its period.")
                    @Group
                    ReplaySettings.Values values,
            @Meaning(
                            "How embeddings become answers: nearest mean for `scr` and the classifier for the others, or nearest mean for all.")
                    ReadOutName readOut,
            ReplaySettings.Choice retrieval,
            @Meaning(
                            "Whether all classes have parameters from the start, as in the authors' program, or each from the moment it appears, as on a stream whose classes nobody knows.")
                    boolean declareClasses) {
        static final LearnerSettings DEFAULT = defaults();

        private static LearnerSettings defaults() {
            Inputs inputs = Inputs.NONE;
            AugmentationName second = AugmentationName.NONE;
            EncoderSizes sizes = EncoderSizes.DEFAULT;
            OptimiserSettings sgd = OptimiserSettings.SGD;
            ReplaySettings.Values values = ReplaySettings.Values.REFERENCE;
            ReadOutName readOut = ReadOutName.BY_METHOD;
            ReplaySettings.Choice choice = ReplaySettings.Choice.DEFAULT;
            return new LearnerSettings(
                    10, 10, 0, inputs, second, sizes, sgd, values, readOut, choice, false);
        }
    }

    /** What the runs differ in: one run for each combination. */
    public record Grid(
            @Meaning(
                            "What is learned by. `fine-tune` has no memory and is run once for all memories and sizes.")
                    @Count(min = 1, distinct = true)
                    List<Method> methods,
            @Meaning("What makes embeddings.") @Count(min = 1, distinct = true)
                    List<EncoderName> encoders,
            @Meaning("Which samples are kept.") @Count(min = 1, distinct = true)
                    List<MemoryKind> memories,
            @Meaning("Which are shown again.") @Count(min = 1, distinct = true)
                    List<RetrievalKind> retrievals,
            @Meaning(
                            "Sizes of the memory, in samples (`200`) or in bytes (`1 mb`); bytes are those on the heap: a sample with what is stored beside it, and 104 for its headers.")
                    @Count(min = 1, distinct = true)
                    List<MemoryBound> sizes,
            @Meaning("Seeds of class order, stream and model.") @Count(min = 1, distinct = true)
                    List<Long> seeds) {
        /** Freezes the lists. */
        public Grid {
            methods = List.copyOf(methods);
            encoders = List.copyOf(encoders);
            memories = List.copyOf(memories);
            retrievals = List.copyOf(retrievals);
            sizes = List.copyOf(sizes);
            seeds = List.copyOf(seeds);
        }
    }

    /** What is measured besides the ends of tasks. */
    public record Evaluation(
            @Meaning("Points of the curve in each task, its end among them.") @Range(min = 1)
                    int points,
            @Meaning(
                            "Test samples of each task at the points before its end; at its end all are taken.")
                    @Range(min = 1)
                    int samples) {}

    /** How the runs are run. */
    public record Running(
            @Meaning("Where each experiment has a folder of its name.")
                    @Matching(value = Matching.NOT_BLANK, allowed = "a folder")
                    String folder,
            @Meaning("Runs at the same time; `--cores` says otherwise.") @Range(min = 1, max = 1024)
                    int cores,
            @Meaning("Samples between two snapshots of a running model.") @Range(min = 1)
                    int snapshotEvery) {}
}
