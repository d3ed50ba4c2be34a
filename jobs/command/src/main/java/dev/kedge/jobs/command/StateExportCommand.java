// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import static dev.kedge.state.text.Text.format;

import dev.kedge.jobs.state.ModelExport;
import dev.kedge.jobs.state.ModelSavepoint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes one model out of a savepoint into a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Takes one model out of a savepoint or a retained checkpoint into a file that Kedge reads back (docs/model-file.md).",
        footer = {
            "",
            "Examples:",
            "  kedge state export fr --from checkpoints/8d1f/chk-42 --to fr.kedge",
            "  kedge state export fr --from checkpoints/8d1f/chk-43 --to fr.kedge --force"
        })
final class StateExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "The model: its key in the job.")
    private String model;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "SAVEPOINT",
            description = "Folder of the savepoint or checkpoint, or its _metadata file.")
    private String savepoint;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "File to write.")
    private Path file;

    @Option(names = "--force", description = "Replace the file if it is there already.")
    private boolean force;

    @Mixin private OperatorOption operator;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        ModelExport written =
                ModelExport.write(
                        ModelSavepoint.open(savepoint, operator.uid()), model, file, force);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                format(
                        "%s: model '%s', %,d parts, %,d bytes%n",
                        file, written.model(), written.parts(), written.bytes()));
        out.flush();
        return 0;
    }
}
