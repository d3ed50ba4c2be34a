// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.cluster.ClusterControl;
import dev.kedge.jobs.command.cluster.Waiting;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells what there is of a cluster. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Tells the address of the cluster, its processes, slots and jobs, and where its logs are. Exits with 1 if it is not up.")
final class ClusterStatusCommand implements Callable<Integer> {
    @Mixin private FolderOption folder;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Consumer<String> out = Lines.of(spec);
        new ClusterControl(folder.cluster(), Waiting.USUAL, out).status().forEach(out);
        return 0;
    }
}
