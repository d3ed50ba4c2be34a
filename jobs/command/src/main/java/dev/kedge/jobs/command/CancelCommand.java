// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.submit.Ending;
import dev.kedge.jobs.command.submit.NamedJobs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a job where it is. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Ends a job where it is, without a savepoint. Its newest checkpoint stays; submitted again, it goes on from there and reads again what came after it.")
final class CancelCommand implements Callable<Integer> {
    @Mixin private ClusterJob job;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (FlinkRest rest = job.connect()) {
            new Ending(rest, Waiting.USUAL, Lines.of(spec))
                    .cancel(new NamedJobs(rest).running(job.name()));
        }
        return 0;
    }
}
