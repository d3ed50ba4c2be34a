// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.submit.JobReport;
import dev.kedge.jobs.command.submit.NamedJobs;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells which jobs a cluster runs. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Tells which jobs run on a cluster.")
final class ListCommand implements Callable<Integer> {
    @Mixin private ClusterTarget target;

    @Option(
            names = "--all",
            description = "Also those that have ended, as long as the cluster knows them.")
    private boolean all;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Consumer<String> out = Lines.of(spec);
        try (FlinkRest rest = target.connect()) {
            List<JobDetails> jobs = new NamedJobs(rest).all(all);
            new JobReport(rest).list(jobs).forEach(out);
            if (jobs.isEmpty()) {
                out.accept("no job runs at " + rest.address());
            }
        }
        return 0;
    }
}
