// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.command.pack.Home;
import dev.kedge.jobs.command.pack.Packages;
import dev.kedge.jobs.files.DiskUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes what leaves a checkout. */
@Command(
        name = "package",
        mixinStandardHelpOptions = true,
        description =
                "Makes the job jar for a Flink cluster, the folder lib that goes into Flink's own lib, and an archive that runs on a JDK without Maven and sources. Only in a checkout.",
        footer = {"", "Examples:", "  kedge package", "  kedge package --out /tmp/kedge"})
final class PackageCommand implements Callable<Integer> {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "kedge-package",
            description = "Folder for what is made (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter to = spec.commandLine().getOut();
        for (Path made : Packages.make(Home.here(), out)) {
            to.println(made + ": " + DiskUse.of(made).size());
        }
        to.flush();
        return 0;
    }
}
