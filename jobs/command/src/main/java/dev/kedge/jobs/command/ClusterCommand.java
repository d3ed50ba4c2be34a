// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A Flink cluster of processes on this machine: shows its help. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description =
                "A Flink cluster as processes on this machine, for whoever has none: job manager and task managers of the Flink that Kedge comes with.",
        subcommands = {
            ClusterUpCommand.class,
            ClusterDownCommand.class,
            ClusterStatusCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  kedge cluster up",
            "  kedge cluster up --task-managers 2 --slots 4",
            "  kedge cluster status",
            "  kedge cluster down"
        })
final class ClusterCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
