// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.submit.Ending;
import dev.kedge.jobs.command.submit.NamedJobs;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ends a job with a savepoint. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description =
                "Ends a job with a savepoint: it reads no further, finishes what it has read, and keeps all that it knows. Submitted again, it goes on from there.",
        footer = {
            "",
            "Examples:",
            "  kedge stop ads",
            "  kedge stop ads --savepoint s3://bucket/savepoints"
        })
final class StopCommand implements Callable<Integer> {
    @Mixin private ClusterJob job;

    @Option(
            names = "--savepoint",
            paramLabel = "DIR",
            description =
                    "Folder for the savepoint; a path, or a URI of a file system of the cluster (default: the job's own folder of checkpoints, where kedge submit finds it).")
    private String savepoint;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (FlinkRest rest = job.connect()) {
            new Ending(rest, Waiting.USUAL, Lines.of(spec))
                    .stop(new NamedJobs(rest).running(job.name()), Optional.ofNullable(savepoint));
        }
        return 0;
    }
}
