// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.submit.Submission;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What can be said whenever a job file is handed to a cluster. */
final class LaunchOptions {
    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks of each operator, whatever the file says.")
    private Integer parallelism;

    @Option(
            names = "--create-topics",
            description =
                    "Create the topics that are missing, with 4 partitions (control: 1) and the brokers' usual replicas.")
    private boolean createTopics;

    /**
     * The whole of a submission's options.
     *
     * @param from what to go on from; empty for the newest
     * @param fresh whether nothing is looked for to go on from
     */
    Submission.Options with(Optional<String> from, boolean fresh) {
        OptionalInt tasks = parallelism == null ? OptionalInt.empty() : OptionalInt.of(parallelism);
        return new Submission.Options(from, fresh, tasks, createTopics);
    }
}
