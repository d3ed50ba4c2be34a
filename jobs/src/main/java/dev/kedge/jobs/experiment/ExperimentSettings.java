// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.experiment;

import dev.kedge.operators.hpcr.AugmentationName;
import dev.kedge.operators.hpcr.EncoderName;
import dev.kedge.operators.hpcr.EncoderSizes;
import dev.kedge.operators.hpcr.HpcrLoss;
import dev.kedge.operators.hpcr.Inputs;
import dev.kedge.operators.hpcr.Method;
import dev.kedge.operators.hpcr.ReplaySettings.Baselines;
import dev.kedge.operators.hpcr.ReplaySettings.Distillation;
import dev.kedge.operators.hpcr.ReplaySettings.MemoryKind;
import dev.kedge.operators.hpcr.ReplaySettings.RetrievalKind;
import dev.kedge.operators.hpcr.ReplaySettings.Trigger;
import dev.kedge.operators.hpcr.TemperatureSchedule;
import dev.kedge.operators.learner.OptimiserName;
import dev.kedge.operators.learner.OptimiserSettings;
import dev.kedge.operators.learner.RateSchedule;
import dev.kedge.state.replay.MemoryBound;
import dev.kedge.state.settings.Checks;
import java.util.List;

/**
 * One experiment file.
 *
 * @param name name of the experiment, and of its folder
 * @param data what is learned from
 * @param protocol in which order it comes
 * @param learner what all runs have in common
 * @param grid what the runs differ in
 * @param evaluation what is measured besides the ends of tasks
 * @param running how the runs are run; changes none of their results
 */
public record ExperimentSettings(
        String name,
        Data data,
        Protocol protocol,
        LearnerSettings learner,
        Grid grid,
        Evaluation evaluation,
        Running running) {

    /** Everything as it is without a file. */
    public static final ExperimentSettings DEFAULT =
            new ExperimentSettings(
                    "experiment",
                    new Data(
                            Format.SYNTHETIC,
                            "",
                            0,
                            0,
                            new Csv("label", ","),
                            new Synthetic(4, 12, 0.6, 200, 50, 1)),
                    new Protocol(
                            Order.CLASS_INCREMENTAL,
                            2,
                            1,
                            0.1,
                            Drift.PERMUTED,
                            true,
                            true,
                            Arrival.WAITING),
                    LearnerSettings.DEFAULT,
                    new Grid(
                            List.of(Method.HPCR),
                            List.of(EncoderName.MLP),
                            List.of(MemoryKind.BATCH_RESERVOIR),
                            List.of(RetrievalKind.RANDOM),
                            List.of(MemoryBound.ofSamples(200)),
                            List.of(1L)),
                    new Evaluation(4, 500),
                    new Running("experiments", 1, 5000));

    /** Checks the name. */
    public ExperimentSettings {
        Checks.require(
                name.matches("[a-zA-Z0-9._-]{1,100}") && !name.startsWith("."),
                "name",
                name,
                "letters, digits, . _ - (1 to 100), not beginning with a dot");
    }

    /** The same with data that lies elsewhere. */
    public ExperimentSettings withData(String path) {
        return new ExperimentSettings(
                name, data.at(path), protocol, learner, grid, evaluation, running);
    }

    /** The same with another core budget. */
    public ExperimentSettings withCores(int cores) {
        return new ExperimentSettings(
                name,
                data,
                protocol,
                learner,
                grid,
                evaluation,
                new Running(running.folder(), cores, running.snapshotEvery()));
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

    /**
     * What is learned from.
     *
     * @param format what it comes as
     * @param path folder that holds it; empty for synthetic data, or if the command names it
     * @param trainPerClass training samples of each class, the first of them; 0 for all
     * @param testPerClass test samples of each class, the first of them; 0 for all
     * @param csv how a CSV file is read
     * @param synthetic how synthetic data is made
     */
    public record Data(
            Format format,
            String path,
            int trainPerClass,
            int testPerClass,
            Csv csv,
            Synthetic synthetic) {
        /** Checks the numbers. */
        public Data {
            Checks.require(trainPerClass >= 0, "data.train-per-class", trainPerClass, "at least 0");
            Checks.require(testPerClass >= 0, "data.test-per-class", testPerClass, "at least 0");
        }

        Data at(String otherPath) {
            return new Data(format, otherPath, trainPerClass, testPerClass, csv, synthetic);
        }
    }

    /**
     * How a CSV file is read.
     *
     * @param label the column of labels; all others are numbers
     * @param delimiter the character that separates columns
     */
    public record Csv(String label, String delimiter) {
        /** Checks that nothing is missing. */
        public Csv {
            Checks.require(
                    !label.isBlank(), "data.csv.label", "'" + label + "'", "the name of a column");
            Checks.require(
                    delimiter.length() == 1,
                    "data.csv.delimiter",
                    "'" + delimiter + "'",
                    "one character");
        }
    }

    /**
     * Clouds of points around random centres in [-1, 1].
     *
     * @param classes how many classes
     * @param inputs values of a sample
     * @param noise values are off their centre by up to this much
     * @param train training samples of each class
     * @param test test samples of each class
     * @param seed which centres and points
     */
    public record Synthetic(int classes, int inputs, double noise, int train, int test, long seed) {
        /** Checks the numbers. */
        public Synthetic {
            Checks.require(classes >= 1, "data.synthetic.classes", classes, "at least 1");
            Checks.require(inputs >= 1, "data.synthetic.inputs", inputs, "at least 1");
            Checks.require(noise >= 0, "data.synthetic.noise", noise, "at least 0");
            Checks.require(train >= 1, "data.synthetic.train", train, "at least 1");
            Checks.require(test >= 1, "data.synthetic.test", test, "at least 1");
        }
    }

    /** In which order samples come. */
    public enum Order {
        /** Classes in groups, one group after another. */
        CLASS_INCREMENTAL,
        /** The same, but part of each group comes in the times of others. */
        BLURRED,
        /** All classes all the time; what they look like changes from task to task. */
        DOMAIN_DRIFT,
        /** All classes all the time. */
        RANDOM
    }

    /** How inputs look in the second task and later ones of a drift. */
    public enum Drift {
        /** Their values change places, in each task in another way. */
        PERMUTED,
        /** Images turn, evenly up to half a turn in the last task. */
        ROTATED
    }

    /**
     * In which order samples come.
     *
     * @param order the kind of order
     * @param tasks how many tasks; where they are made of classes, it divides their number
     * @param passes how often each task's samples come
     * @param blur share of each task's samples that come in another task, if boundaries are blurred
     * @param drift what changes from task to task, if the domain drifts
     * @param tellBoundaries whether the learner is told that a task begins
     * @param dropIncomplete whether the unfilled batch at the end of a task is dropped, as the
     *     authors of PCR and HPCR do, or learned; without boundaries it stays until it is full
     * @param arrival whether samples wait for the learner
     */
    public record Protocol(
            Order order,
            int tasks,
            int passes,
            double blur,
            Drift drift,
            boolean tellBoundaries,
            boolean dropIncomplete,
            Arrival arrival) {
        /** Checks the numbers. */
        public Protocol {
            Checks.require(tasks >= 1, "protocol.tasks", tasks, "at least 1");
            Checks.require(passes >= 1, "protocol.passes", passes, "at least 1");
            Checks.require(blur >= 0 && blur <= 1, "protocol.blur", blur, "between 0 and 1");
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
     * What all runs have in common.
     *
     * @param batch incoming samples of a step
     * @param replay replayed samples of a step, at most
     * @param views 1 or 2 of each sample; 0 for as many as the method has
     * @param inputs what is made of a sample's numbers before anything is computed with them
     * @param augmentation the second view
     * @param mlp sizes of the encoder of that name
     * @param convnet sizes of the encoder of that name
     * @param optimiser how steps are made
     * @param loss PCR's and HPCR's loss
     * @param schedule HPCR's temperature component
     * @param temperatureExponent HPCR's and PCR's temperatures by class
     * @param distillation when HPCR distils, and from which teacher
     * @param baselines values of the other methods
     * @param readOut how embeddings become answers
     * @param retrieval values of the retrievals
     * @param declareClasses whether all classes have parameters from the start, as in the authors'
     *     program, or each from the moment it appears
     */
    public record LearnerSettings(
            int batch,
            int replay,
            int views,
            Inputs inputs,
            AugmentationName augmentation,
            EncoderSizes.Mlp mlp,
            EncoderSizes.Convnet convnet,
            OptimiserSettings optimiser,
            HpcrLoss.Settings loss,
            TemperatureSchedule schedule,
            double temperatureExponent,
            Distillation distillation,
            Baselines baselines,
            ReadOutName readOut,
            Retrieval retrieval,
            boolean declareClasses) {
        static final LearnerSettings DEFAULT =
                new LearnerSettings(
                        10,
                        10,
                        0,
                        Inputs.NONE,
                        AugmentationName.NONE,
                        new EncoderSizes.Mlp(List.of(256, 128)),
                        new EncoderSizes.Convnet(List.of(16, 32), 128),
                        new OptimiserSettings(OptimiserName.SGD, 0.1, 0, 0, RateSchedule.CONSTANT),
                        HpcrLoss.Settings.REFERENCE,
                        TemperatureSchedule.REFERENCE,
                        0,
                        new Distillation(Trigger.SECOND_TASK, 100, 0),
                        new Baselines(0.07, 128, 0.1, 0.5, false),
                        ReadOutName.BY_METHOD,
                        new Retrieval(50, 0.1),
                        false);

        /** Checks the views; what belongs to a method is checked with it. */
        public LearnerSettings {
            Checks.require(views >= 0 && views <= 2, "learner.views", views, "0, 1 or 2");
        }
    }

    /**
     * Values of the retrievals {@code interfered} and {@code nearest}.
     *
     * @param candidates how many stored samples are looked at
     * @param lookAhead rate of the step that {@code interfered} looks ahead by
     */
    public record Retrieval(int candidates, double lookAhead) {
        /** Checks the numbers. */
        public Retrieval {
            Checks.require(
                    candidates >= 1, "learner.retrieval.candidates", candidates, "at least 1");
            Checks.require(lookAhead > 0, "learner.retrieval.look-ahead", lookAhead, "above 0");
        }
    }

    /**
     * What the runs differ in: one run for each combination.
     *
     * @param methods what is learned by
     * @param encoders what makes embeddings
     * @param memories which samples are kept
     * @param retrievals which are shown again
     * @param sizes of the memory, in samples or in bytes
     * @param seeds of class order, stream and model
     */
    public record Grid(
            List<Method> methods,
            List<EncoderName> encoders,
            List<MemoryKind> memories,
            List<RetrievalKind> retrievals,
            List<MemoryBound> sizes,
            List<Long> seeds) {
        /** Freezes and checks the lists. */
        public Grid {
            methods = distinct("grid.methods", methods);
            encoders = distinct("grid.encoders", encoders);
            memories = distinct("grid.memories", memories);
            retrievals = distinct("grid.retrievals", retrievals);
            sizes = distinct("grid.sizes", sizes);
            seeds = distinct("grid.seeds", seeds);
        }
    }

    /**
     * What is measured besides the ends of tasks.
     *
     * @param points points of the curve in each task, its end among them
     * @param samples test samples of each task at points before its end; at its end all are taken
     */
    public record Evaluation(int points, int samples) {
        /** Checks the numbers. */
        public Evaluation {
            Checks.require(points >= 1, "evaluation.points", points, "at least 1");
            Checks.require(samples >= 1, "evaluation.samples", samples, "at least 1");
        }
    }

    /**
     * How the runs are run.
     *
     * @param folder where each experiment has a folder of its name
     * @param cores runs at the same time
     * @param snapshotEvery samples between two snapshots of a running model
     */
    public record Running(String folder, int cores, int snapshotEvery) {
        /** Checks the numbers. */
        public Running {
            Checks.require(!folder.isBlank(), "running.folder", "'" + folder + "'", "a folder");
            Checks.require(
                    cores >= 1 && cores <= 1024, "running.cores", cores, "between 1 and 1024");
            Checks.require(
                    snapshotEvery >= 1, "running.snapshot-every", snapshotEvery, "at least 1");
        }
    }

    private static <T> List<T> distinct(String field, List<T> values) {
        Checks.require(
                !values.isEmpty() && values.stream().distinct().count() == values.size(),
                field,
                values,
                "at least one, each once");
        return List.copyOf(values);
    }
}
