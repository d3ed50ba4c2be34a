// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.state.Inspection;
import dev.kedge.jobs.state.ModelSavepoint;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells which models are in a savepoint and what they are made of. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Tells which models are in a savepoint or a retained checkpoint: bytes, parts, what they remember, versions of their formats; the largest first. Checks every part's checksum.",
        footer = {
            "",
            "Examples:",
            "  kedge state inspect savepoints/savepoint-4a2f1c-0d9b7e",
            "  kedge state inspect checkpoints/8d1f/chk-42 --limit 3",
            "  kedge state inspect checkpoints/8d1f/chk-42 --json"
        })
final class StateInspectCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SAVEPOINT",
            description = "Folder of the savepoint or checkpoint, or its _metadata file.")
    private String savepoint;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Mixin private OperatorOption operator;
    @Mixin private LimitOption limit;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        int most = limit.limit();
        Inspection found = Inspection.of(ModelSavepoint.open(savepoint, operator.uid()), most);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(found.json());
        } else {
            out.print(found.text());
        }
        out.flush();
        return 0;
    }
}
