// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.laboratory.classifier;

import dev.kedge.jobs.laboratory.SeedGroup;
import dev.kedge.operators.metrics.AccuracyMatrix;
import dev.kedge.operators.metrics.ConfidenceInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the report draws of a group; all means are over its seeds.
 *
 * @param label name of the group
 * @param seeds how many there are
 * @param measures mean and half the interval of each measure, by its name
 * @param curve points of samples that had come, mean accuracy, half its interval
 * @param matrix mean accuracy on each task after learning each task
 * @param forgetting by how much each task is worse than it was at its best, after each task
 * @param ranks mean rank of the embeddings after each task; empty if a run has none
 * @param memory what the first seed's memory held at the points of its curve
 */
record ReportSeries(
        String label,
        int seeds,
        SortedMap<String, List<Double>> measures,
        List<List<Double>> curve,
        List<List<Double>> matrix,
        List<List<Double>> forgetting,
        List<Double> ranks,
        Memory memory) {

    /**
     * What a memory held along the stream.
     *
     * @param learned samples that had come at each point
     * @param classes in the order in which they appeared
     * @param counts for each class its samples at each point
     */
    record Memory(List<Long> learned, List<String> classes, List<List<Integer>> counts) {
        static Memory of(RunProgress progress) {
            List<String> classes =
                    progress.stored().stream()
                            .flatMap(stored -> stored.keySet().stream())
                            .distinct()
                            .toList();
            List<Long> arrived = progress.curve().stream().map(RunProgress.Point::arrived).toList();
            return new Memory(
                    arrived, classes, classes.stream().map(c -> counts(progress, c)).toList());
        }

        private static List<Integer> counts(RunProgress progress, String label) {
            return progress.stored().stream().map(held -> held.getOrDefault(label, 0)).toList();
        }
    }

    static ReportSeries of(SeedGroup<RunResult> group) {
        SortedMap<String, List<Double>> measures = new TreeMap<>();
        for (Measure measure : Measure.values()) {
            measures.put(RunKey.word(measure), pair(group.interval(measure::of)));
        }
        List<AccuracyMatrix> matrices = group.runs().stream().map(RunResult::matrix).toList();
        String label = group.first().key().label();
        int seeds = group.runs().size();
        List<List<Double>> curve = curve(group);
        List<List<Double>> matrix = mean(matrices, AccuracyMatrix::at);
        List<List<Double>> forgetting = mean(matrices, ReportSeries::forgotten);
        List<Double> ranks = ranks(group.runs());
        Memory memory = Memory.of(group.first().progress());
        return new ReportSeries(label, seeds, measures, curve, matrix, forgetting, ranks, memory);
    }

    /** None if a run began under a version that did not measure them. */
    private static List<Double> ranks(List<RunResult> runs) {
        int tasks = runs.get(0).progress().accuracies().size();
        if (runs.stream().anyMatch(run -> run.progress().ranks().size() != tasks)) {
            return List.of();
        }
        return IntStream.range(0, tasks)
                .mapToObj(
                        t ->
                                runs.stream()
                                        .mapToDouble(run -> run.progress().ranks().get(t))
                                        .average()
                                        .orElseThrow())
                .toList();
    }

    private static List<Double> pair(ConfidenceInterval interval) {
        return List.of(interval.mean(), interval.halfWidth());
    }

    private static List<List<Double>> curve(SeedGroup<RunResult> group) {
        List<List<Double>> curve = new ArrayList<>();
        for (int p = 0; p < group.first().progress().curve().size(); p++) {
            int point = p;
            ConfidenceInterval accuracy =
                    group.interval(run -> run.progress().curve().get(point).accuracy());
            double arrived =
                    group.runs().stream()
                            .mapToLong(run -> run.progress().curve().get(point).arrived())
                            .average()
                            .orElseThrow();
            curve.add(List.of(arrived, accuracy.mean(), accuracy.halfWidth()));
        }
        return curve;
    }

    private interface Cell {
        double of(AccuracyMatrix matrix, int learned, int task);
    }

    private static List<List<Double>> mean(List<AccuracyMatrix> matrices, Cell cell) {
        int tasks = matrices.get(0).tasks();
        return IntStream.range(0, tasks).mapToObj(t -> meanRow(matrices, cell, t, tasks)).toList();
    }

    private static List<Double> meanRow(
            List<AccuracyMatrix> matrices, Cell cell, int learned, int tasks) {
        return IntStream.range(0, tasks)
                .mapToObj(
                        k ->
                                matrices.stream()
                                        .mapToDouble(matrix -> cell.of(matrix, learned, k))
                                        .average()
                                        .orElseThrow())
                .toList();
    }

    private static double forgotten(AccuracyMatrix matrix, int learned, int task) {
        double best =
                IntStream.rangeClosed(0, learned)
                        .mapToDouble(t -> matrix.at(t, task))
                        .max()
                        .orElseThrow();
        return best - matrix.at(learned, task);
    }
}
