// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Order;
import dev.kedge.jobs.laboratory.classifier.ExperimentSettings.Protocol;
import dev.kedge.state.random.RestorableRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A data set in the order of a protocol and a seed: tasks one after another, each with the samples
 * that it is measured with. The same seed gives the same stream.
 */
final class TaskStream {
    private final Samples samples;
    private final Protocol protocol;
    private final List<Task> tasks;
    private final List<Transformation> transformations;

    /**
     * A task.
     *
     * @param train numbers of its training samples, in their order
     * @param test numbers of its test samples
     */
    record Task(int[] train, int[] test) {}

    private TaskStream(Samples samples, Protocol protocol, List<Task> tasks, RestorableRandom r) {
        this.samples = samples;
        this.protocol = protocol;
        this.tasks = tasks;
        this.transformations =
                protocol.order() == Order.DOMAIN_DRIFT
                        ? Transformation.drift(protocol, samples, r)
                        : List.of();
    }

    /**
     * Orders samples.
     *
     * @throws ConfigurationException if the classes cannot be cut into that many tasks
     */
    static TaskStream of(Samples samples, Protocol protocol, long seed) {
        RestorableRandom random = RestorableRandom.seeded(seed, "stream");
        List<List<String>> groups = groups(samples.labels(), protocol, random);
        int[][] train =
                switch (protocol.order()) {
                    case CLASS_INCREMENTAL -> byClass(samples.train(), groups);
                    case BLURRED -> blur(byClass(samples.train(), groups), protocol.blur(), random);
                    case DOMAIN_DRIFT, RANDOM -> deal(samples.train(), protocol, random);
                    case GIVEN -> GivenTasks.train(samples, protocol.tasks());
                };
        int[][] test =
                switch (protocol.order()) {
                    case CLASS_INCREMENTAL, BLURRED, RANDOM -> byClass(samples.test(), groups);
                    case DOMAIN_DRIFT -> everything(samples.test(), protocol.tasks());
                    case GIVEN -> GivenTasks.test(samples, train);
                };
        List<Task> tasks = new ArrayList<>();
        for (int t = 0; t < train.length; t++) {
            if (train[t].length == 0) {
                throw ConfigurationException.of(
                        "protocol.tasks: %d is not allowed; task %d would have no sample",
                        protocol.tasks(), t + 1);
            }
            tasks.add(new Task(repeated(train[t], protocol, random), test[t]));
        }
        return new TaskStream(samples, protocol, tasks, random);
    }

    /**
     * Classes of each task, shuffled or in the order that is given; where tasks are no groups of
     * classes, all in one.
     */
    private static List<List<String>> groups(
            List<String> labels, Protocol protocol, RestorableRandom random) {
        if (protocol.order() == Order.DOMAIN_DRIFT || protocol.order() == Order.GIVEN) {
            return List.of(labels);
        }
        if (labels.size() % protocol.tasks() != 0) {
            throw ConfigurationException.of(
                    "protocol.tasks: %d is not allowed; it must divide the %d classes of the data",
                    protocol.tasks(), labels.size());
        }
        int[] order = IntStream.range(0, labels.size()).toArray();
        shuffle(order, random);
        // Shuffled in any case: samples come as they do where the seed draws this order.
        List<String> shuffled = Arrays.stream(order).mapToObj(labels::get).toList();
        List<String> ordered = protocol.classOrder().isEmpty() ? shuffled : given(labels, protocol);
        int each = labels.size() / protocol.tasks();
        return IntStream.range(0, protocol.tasks())
                .mapToObj(t -> ordered.subList(t * each, (t + 1) * each))
                .toList();
    }

    private static List<String> given(List<String> labels, Protocol protocol) {
        List<String> order = protocol.classOrder();
        if (!order.stream().sorted().toList().equals(labels)) {
            throw ConfigurationException.of(
                    "protocol.class-order: %s is not allowed; it must have each of the %d classes of the data once: %s",
                    order, labels.size(), labels);
        }
        return order;
    }

    private static int[][] byClass(List<Sample> samples, List<List<String>> groups) {
        Map<String, Integer> taskOf = new HashMap<>();
        for (int t = 0; t < groups.size(); t++) {
            for (String label : groups.get(t)) {
                taskOf.put(label, t);
            }
        }
        return IntStream.range(0, groups.size())
                .mapToObj(
                        t ->
                                IntStream.range(0, samples.size())
                                        .filter(i -> taskOf.get(samples.get(i).label()) == t)
                                        .toArray())
                .toArray(int[][]::new);
    }

    private static int[][] blur(int[][] tasks, double share, RestorableRandom random) {
        List<List<Integer>> blurred = new ArrayList<>();
        for (int t = 0; t < tasks.length; t++) {
            blurred.add(new ArrayList<>());
        }
        for (int t = 0; t < tasks.length; t++) {
            for (int sample : tasks[t]) {
                boolean moves = tasks.length > 1 && random.nextDouble() < share;
                int steps = moves ? 1 + random.nextInt(tasks.length - 1) : 0;
                blurred.get((t + steps) % tasks.length).add(sample);
            }
        }
        return blurred.stream()
                .map(task -> task.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static int[][] deal(List<Sample> samples, Protocol protocol, RestorableRandom random) {
        int[] all = IntStream.range(0, samples.size()).toArray();
        shuffle(all, random);
        return parts(all, protocol.tasks());
    }

    /** Cuts samples into parts of the same size, or one more. */
    static int[][] parts(int[] all, int parts) {
        int[] cuts =
                IntStream.rangeClosed(0, parts)
                        .map(p -> (int) ((long) p * all.length / parts))
                        .toArray();
        return IntStream.range(0, parts)
                .mapToObj(p -> Arrays.copyOfRange(all, cuts[p], cuts[p + 1]))
                .toArray(int[][]::new);
    }

    private static int[][] everything(List<Sample> samples, int tasks) {
        return IntStream.range(0, tasks)
                .mapToObj(t -> IntStream.range(0, samples.size()).toArray())
                .toArray(int[][]::new);
    }

    private static int[] repeated(int[] samples, Protocol protocol, RestorableRandom random) {
        int[] all = new int[samples.length * protocol.passes()];
        int[] pass = samples.clone();
        for (int p = 0; p < protocol.passes(); p++) {
            if (protocol.order() != Order.GIVEN) {
                shuffle(pass, random);
            }
            System.arraycopy(pass, 0, all, p * pass.length, pass.length);
        }
        return all;
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] values, RestorableRandom random) {
        for (int left = values.length; left > 1; left--) {
            int chosen = random.nextInt(left);
            int value = values[chosen];
            values[chosen] = values[left - 1];
            values[left - 1] = value;
        }
    }

    int tasks() {
        return tasks.size();
    }

    /** Samples of a task. */
    int size(int task) {
        return tasks.get(task).train().length;
    }

    /** Samples of all tasks. */
    long size() {
        return tasks.stream().mapToLong(task -> task.train().length).sum();
    }

    /** A sample to learn from, as it looks in its task. */
    Sample sample(int task, int number) {
        return seen(samples.train().get(tasks.get(task).train()[number]), task);
    }

    /**
     * Samples that a task is measured with, evenly taken, as they look in it.
     *
     * @param most how many at most
     */
    List<Sample> test(int task, int most) {
        int[] all = tasks.get(task).test();
        int taken = Math.min(most, all.length);
        return IntStream.range(0, taken)
                .mapToObj(i -> samples.test().get(all[(int) ((long) i * all.length / taken)]))
                .map(sample -> seen(sample, task))
                .toList();
    }

    private Sample seen(Sample sample, int task) {
        return transformations.isEmpty()
                ? sample
                : new Sample(transformations.get(task).apply(sample.input()), sample.label());
    }

    /** Whether tasks that are still to come can be measured already. */
    boolean measuresAhead() {
        return protocol.order() != Order.CLASS_INCREMENTAL;
    }

    /** How many tasks count for the curve while a task is learned. */
    int counted(int task) {
        return protocol.order() == Order.RANDOM ? tasks() : task + 1;
    }
}
