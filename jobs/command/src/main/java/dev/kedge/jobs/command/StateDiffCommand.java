// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.state.Difference;
import dev.kedge.jobs.state.ModelSavepoint;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how the models of two savepoints differ. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Tells how the models of two savepoints or retained checkpoints differ: models on one side only, and of the others the parts, with slices and largest difference of the parameters.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Identical to the byte.",
            "1:Different.",
            "2:A mistake, or not readable."
        },
        exitCodeOnExecutionException = StateDiffCommand.TROUBLE,
        footer = {
            "",
            "Examples:",
            "  kedge state diff checkpoints/8d1f/chk-41 checkpoints/8d1f/chk-42",
            "  kedge state diff before after --limit 3 && echo the same"
        })
final class StateDiffCommand implements Callable<Integer> {
    static final int TROUBLE = 2;
    private static final int DIFFERENT = 1;

    @Parameters(index = "0", paramLabel = "A", description = "A savepoint or checkpoint.")
    private String left;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    private String right;

    @Mixin private OperatorOption operator;
    @Mixin private LimitOption limit;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        int most = limit.limit();
        ModelSavepoint a = ModelSavepoint.open(left, operator.uid());
        ModelSavepoint b = ModelSavepoint.open(right, operator.uid());
        Difference difference = Difference.between(a, b, most);
        PrintWriter out = spec.commandLine().getOut();
        out.print(difference.text());
        out.flush();
        return difference.identical() ? 0 : DIFFERENT;
    }
}
