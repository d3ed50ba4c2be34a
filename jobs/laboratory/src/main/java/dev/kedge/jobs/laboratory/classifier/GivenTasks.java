// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.config.ConfigurationException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tasks of a stream that comes as the data have it; nothing is shuffled. */
final class GivenTasks {
    private GivenTasks() {}

    /**
     * The training samples of each task: those of each task that the data name, in the order in
     * which these appear, or the whole stream cut into parts.
     *
     * @throws ConfigurationException if the data name another number of tasks
     */
    static int[][] train(Samples samples, int tasks) {
        if (!areNamed(samples.train())) {
            return TaskStream.parts(IntStream.range(0, samples.train().size()).toArray(), tasks);
        }
        Map<String, int[]> named = named(samples.train());
        if (named.size() != tasks) {
            throw ConfigurationException.of(
                    "protocol.tasks: %d is not allowed; it must be %d, the tasks that data.csv.task names: %s",
                    tasks, named.size(), named.keySet());
        }
        return named.values().toArray(int[][]::new);
    }

    /**
     * The test samples of each task: those that the data put into it, or else those of the classes
     * that it has samples of.
     *
     * @param train the training samples of each task
     * @throws ConfigurationException if the data name other tasks to test than to learn
     */
    static int[][] test(Samples samples, int[][] train) {
        if (!areNamed(samples.train())) {
            return Arrays.stream(train).map(task -> ofClasses(samples, task)).toArray(int[][]::new);
        }
        Map<String, int[]> named = named(samples.test());
        Set<String> learned = named(samples.train()).keySet();
        if (!named.keySet().equals(learned)) {
            throw ConfigurationException.of(
                    "data.csv.task: tasks to learn %s, to test %s; they must be the same",
                    learned, named.keySet());
        }
        return learned.stream().map(named::get).toArray(int[][]::new);
    }

    private static boolean areNamed(List<Sample> samples) {
        return samples.stream().noneMatch(sample -> sample.task().isEmpty());
    }

    /** Numbers of the samples of each task, tasks in the order in which they appear. */
    private static Map<String, int[]> named(List<Sample> samples) {
        Map<String, List<Integer>> tasks =
                IntStream.range(0, samples.size())
                        .boxed()
                        .collect(
                                Collectors.groupingBy(
                                        i -> samples.get(i).task(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, int[]> named = new LinkedHashMap<>();
        tasks.forEach((task, all) -> named.put(task, all.stream().mapToInt(i -> i).toArray()));
        return named;
    }

    private static int[] ofClasses(Samples samples, int[] task) {
        Set<String> classes =
                Arrays.stream(task)
                        .mapToObj(i -> samples.train().get(i).label())
                        .collect(Collectors.toSet());
        List<Sample> test = samples.test();
        return IntStream.range(0, test.size())
                .filter(i -> classes.contains(test.get(i).label()))
                .toArray();
    }
}
