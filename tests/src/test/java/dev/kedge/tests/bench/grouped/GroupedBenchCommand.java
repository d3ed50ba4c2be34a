// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.tests.bench.grouped;

import dev.kedge.tests.bench.Figures;
import dev.kedge.tests.bench.workouts.Workout;
import dev.kedge.tests.bench.workouts.Workouts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Steps made together beside steps made one by one, as a command. */
@Command(
        name = "grouped",
        mixinStandardHelpOptions = true,
        description =
                "Steps of learning a second of each learner, made one by one and together (grouping.steps), in turns over the same records. The learner's operator alone, without broker and network.")
public final class GroupedBenchCommand implements Callable<Integer> {

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "10,100,1000",
            description = "Sizes of a group, each beside 1 (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(
            names = "--models",
            defaultValue = "1000",
            description = "Most models of a learner (default: ${DEFAULT-VALUE}).")
    private int models;

    @Option(
            names = "--memory",
            defaultValue = "400m",
            description =
                    "What the models of one size may take; there are fewer of a large learner (default: ${DEFAULT-VALUE}).")
    private String memory;

    @Option(
            names = "--learners",
            defaultValue = "",
            description = "Those whose names contain this alone (default: all).")
    private String learners;

    @Option(names = "--rounds", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description = "Length of a round (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<Integer> all = new ArrayList<>(sizes);
        all.remove(Integer.valueOf(1));
        all.add(0, 1);
        GroupedBench.Settings settings =
                new GroupedBench.Settings(
                        all, models, MemorySize.parse(memory).getBytes(), rounds, seconds);
        List<Workout<?, ?, ?>> chosen =
                Workouts.all(1).stream().filter(one -> one.name().contains(learners)).toList();
        GroupedBench.Result result = new GroupedBench(settings, out).run(chosen);
        out.println(Figures.write(Figures.FOLDER, "grouped", result));
        out.flush();
        return 0;
    }
}
