// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.submit.JobFile;
import dev.kedge.jobs.command.submit.Submission;
import dev.kedge.jobs.command.submit.Upgrade;
import dev.kedge.jobs.config.References;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes a running job. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description =
                "Changes the running job of the file's name to what the file says now, and to this version of Kedge. Looks first whether its models can go on so, stops it with a savepoint, and starts it from there. What fails leaves the job as it was: it goes on, or is started again.",
        footer = {"", "Example:", "  kedge upgrade ads.yaml"})
final class UpgradeCommand implements Callable<Integer>, KeepsSecrets {
    @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
    private Path file;

    @Mixin private ClusterTarget target;

    @Mixin private LaunchOptions options;

    @Spec private CommandSpec spec;

    private References references = References.NONE;

    @Override
    public Integer call() {
        JobFile job = JobFile.read(file);
        references = job.chosen().references();
        try (FlinkRest rest = target.connect()) {
            new Upgrade(new Submission(rest, Home.here(), Waiting.USUAL, Lines.of(spec)))
                    .upgrade(job, options.with(Optional.empty(), true));
        }
        return 0;
    }

    @Override
    public String hide(String message) {
        return references.hide(message);
    }
}
