// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tools for savepoints and retained checkpoints: shows their help. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description =
                "Looks into savepoints and retained checkpoints: where they lie, which models, how large, what differs; takes a model out. Changes nothing in them.",
        subcommands = {
            StateListCommand.class,
            StateInspectCommand.class,
            StateDiffCommand.class,
            StateExportCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  kedge state list ads.yaml",
            "  kedge state inspect savepoints/savepoint-4a2f1c-0d9b7e",
            "  kedge state diff checkpoints/8d1f/chk-41 checkpoints/8d1f/chk-42",
            "  kedge state export fr --from checkpoints/8d1f/chk-42 --to fr.kedge"
        })
final class StateCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
