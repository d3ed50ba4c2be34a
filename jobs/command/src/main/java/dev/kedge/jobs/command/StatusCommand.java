// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.submit.JobReport;
import dev.kedge.jobs.command.submit.NamedJobs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells how a job on a cluster is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Tells how a job is: its state, what it went on from, its newest checkpoint, and why it failed if it did.")
final class StatusCommand implements Callable<Integer> {
    @Mixin private ClusterJob job;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        try (FlinkRest rest = job.connect()) {
            JobReport report = new JobReport(rest);
            report.job(new NamedJobs(rest).newest(job.name())).forEach(Lines.of(spec));
        }
        return 0;
    }
}
