// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.FlinkRest;
import dev.kedge.jobs.command.cluster.Waiting;
import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.submit.JobFile;
import dev.kedge.jobs.command.submit.Submission;
import dev.kedge.jobs.config.ConfigurationException;
import dev.kedge.jobs.config.References;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands a job to a cluster. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description =
                "Hands a job file to a Flink cluster, and waits until the job runs there. Goes on from the job's newest checkpoint or savepoint in its folder.",
        footer = {
            "",
            "Examples:",
            "  kedge submit ads.yaml",
            "  kedge submit ads.yaml --to http://jobmanager:8081 --create-topics",
            "  kedge submit ads.yaml --check",
            "  kedge submit ads.yaml --from s3://bucket/savepoints/savepoint-4a2f1c-0d9b7e"
        })
final class SubmitCommand implements Callable<Integer>, KeepsSecrets {
    @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
    private Path file;

    @Mixin private ClusterTarget target;

    @Option(names = "--fresh", description = "Forget earlier checkpoints: start with new models.")
    private boolean fresh;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description =
                    "Checkpoint or savepoint to go on from; a path, or a URI of a file system of the cluster.")
    private String from;

    @Mixin private LaunchOptions options;

    @Option(
            names = "--check",
            description =
                    "Let the job manager look at the file, the brokers and the topics, and tell what the job would go on from; run nothing.")
    private boolean check;

    @Spec private CommandSpec spec;

    private References references = References.NONE;

    @Override
    public Integer call() {
        if (fresh && from != null) {
            throw new ConfigurationException("--fresh and --from: only one of them can be");
        }
        JobFile job = JobFile.read(file);
        references = job.chosen().references();
        Submission.Options how = options.with(Optional.ofNullable(from), fresh);
        try (FlinkRest rest = target.connect()) {
            Submission submission =
                    new Submission(rest, Home.here(), Waiting.USUAL, Lines.of(spec));
            if (check) {
                submission.check(job, how);
            } else {
                submission.submit(job, how);
            }
        }
        return 0;
    }

    @Override
    public String hide(String message) {
        return references.hide(message);
    }
}
