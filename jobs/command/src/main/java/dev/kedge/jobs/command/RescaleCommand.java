// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.submit.NamedJobs;
import dev.kedge.jobs.command.submit.Rescaling;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a job more tasks or fewer. */
@Command(
        name = "rescale",
        mixinStandardHelpOptions = true,
        description =
                "Gives a running job more tasks, or fewer; it goes on from its newest checkpoint. Needs Flink's adaptive scheduler, which kedge cluster up uses.",
        footer = {"", "Examples:", "  kedge rescale ads 4"})
final class RescaleCommand implements Callable<Integer> {
    @Mixin private ClusterJob job;

    @Parameters(index = "1", paramLabel = "N", description = "Tasks of each operator.")
    private int tasks;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (FlinkRest rest = job.connect()) {
            new Rescaling(rest, Waiting.USUAL, Lines.of(spec))
                    .rescale(new NamedJobs(rest).running(job.name()), tasks);
        }
        return 0;
    }
}
