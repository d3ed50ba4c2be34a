// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.grouped;

import dev.kedge.tests.bench.Figures;
import dev.kedge.tests.bench.Machine;
import dev.kedge.tests.bench.workouts.Workout;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Steps of learning a second, made one by one and together, for each learner. The sizes of a group
 * take turns, round by round, in one process and over the same records.
 */
final class GroupedBench {
    /** Steps of a round, of each model: a round without one would measure nothing. */
    private static final long LEAST_STEPS = 1;

    private final Settings settings;
    private final PrintWriter out;

    /**
     * How much is run.
     *
     * @param sizes of a group; 1 is what the others are compared with
     * @param models most models of a learner
     * @param memory bytes that the models of one size may take, roughly
     * @param rounds that count; one before them warms up
     * @param seconds length of a round, roughly
     */
    record Settings(List<Integer> sizes, int models, long memory, int rounds, double seconds) {}

    /**
     * A learner with groups of a size.
     *
     * @param size most steps that are made together
     * @param together steps that were made together, on average
     * @param rate steps a second, the median of the rounds
     * @param toAlone the rate over that of steps made one by one: the median of the rounds' ratios
     */
    record Row(
            String learner, int models, int size, double together, double rate, double toAlone) {}

    /** All of it. */
    record Result(
            Machine machine,
            Settings settings,
            List<Row> rows,
            List<GroupedProducts.Row> products) {}

    GroupedBench(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    Result run(List<Workout<?, ?, ?>> workouts) throws Exception {
        Machine machine = Machine.here();
        out.printf(
                "%-22s %8s %8s %10s %12s %10s%n",
                "learner", "models", "group", "together", "steps/s", "to alone");
        List<Row> rows = new ArrayList<>();
        for (Workout<?, ?, ?> each : workouts) {
            rows.addAll(measure(each));
        }
        int group = settings.models();
        GroupedProducts products = new GroupedProducts(group, 2 * settings.rounds());
        return new Result(machine, settings, rows, products.run(out));
    }

    private <E, S, M> List<Row> measure(Workout<E, S, M> workout) throws Exception {
        long bytes = workout.bytes();
        int models = (int) Math.max(1, Math.min(settings.memory() / bytes, settings.models()));
        List<String> keys = IntStream.range(0, models).mapToObj(i -> "model " + i).toList();
        List<KeyedTask<E, S, M>> tasks = new ArrayList<>();
        try {
            for (int size : settings.sizes()) {
                tasks.add(new KeyedTask<>(workout.models(), keys, size));
            }
            double[][] rates = rounds(workout, tasks);
            return rows(workout.name(), models, tasks, rates);
        } finally {
            for (KeyedTask<E, S, M> task : tasks) {
                task.close();
            }
        }
    }

    private <E, S, M> double[][] rounds(Workout<E, S, M> workout, List<KeyedTask<E, S, M>> tasks)
            throws Exception {
        double[][] rates = new double[tasks.size()][settings.rounds()];
        List<Integer> order = new ArrayList<>(IntStream.range(0, tasks.size()).boxed().toList());
        int records = warmUp(workout, tasks);
        for (int round = 0; round < settings.rounds(); round++) {
            List<E> slice = draw(workout, records);
            for (int each : order) {
                rates[each][round] = rate(tasks.get(each), slice);
            }
            Collections.rotate(order, 1);
        }
        return rates;
    }

    /** Finds out how many records fill a round, and lets all of them learn as many. */
    private <E, S, M> int warmUp(Workout<E, S, M> workout, List<KeyedTask<E, S, M>> tasks)
            throws Exception {
        int records = 4;
        int models = tasks.get(0).models();
        double seconds = 0;
        long steps = 0;
        while (seconds < settings.seconds() / 2 || steps < LEAST_STEPS * models) {
            records *= 2;
            List<E> slice = draw(workout, records);
            for (KeyedTask<E, S, M> task : tasks) {
                long before = task.tally().steps();
                long began = System.nanoTime();
                task.send(slice);
                seconds = (System.nanoTime() - began) * 1e-9;
                steps = task.tally().steps() - before;
            }
        }
        double least = (double) records * LEAST_STEPS * models / steps;
        return (int) Math.ceil(Math.max(least, records * settings.seconds() / seconds));
    }

    private static <E> List<E> draw(Workout<E, ?, ?> workout, int records) {
        return IntStream.range(0, records).mapToObj(i -> workout.events().get()).toList();
    }

    private static <E, S, M> double rate(KeyedTask<E, S, M> task, List<E> slice) throws Exception {
        long before = task.tally().steps();
        long began = System.nanoTime();
        task.send(slice);
        double seconds = (System.nanoTime() - began) * 1e-9;
        return (task.tally().steps() - before) / seconds;
    }

    private <E, S, M> List<Row> rows(
            String learner, int models, List<KeyedTask<E, S, M>> tasks, double[][] rates) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            double[] ratios = new double[settings.rounds()];
            for (int round = 0; round < ratios.length; round++) {
                ratios[round] = rates[i][round] / rates[0][round];
            }
            Row row =
                    new Row(
                            learner,
                            models,
                            settings.sizes().get(i),
                            tasks.get(i).tally().together(),
                            Figures.median(rates[i]),
                            Figures.median(ratios));
            rows.add(row);
            out.printf(
                    Locale.ROOT,
                    "%-22s %,8d %,8d %,10.1f %,12.1f %10.3f%n",
                    row.learner(),
                    row.models(),
                    row.size(),
                    row.together(),
                    row.rate(),
                    row.toAlone());
            out.flush();
        }
        return rows;
    }
}
