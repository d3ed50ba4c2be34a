// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.ClusterControl;
import dev.kedge.jobs.command.cluster.Waiting;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a cluster. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description =
                "Ends all processes of the cluster. What its jobs have checkpointed stays: submitted again, they go on from there.")
final class ClusterDownCommand implements Callable<Integer> {
    @Mixin private FolderOption folder;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        new ClusterControl(folder.cluster(), Waiting.USUAL, Lines.of(spec)).down();
        return 0;
    }
}
