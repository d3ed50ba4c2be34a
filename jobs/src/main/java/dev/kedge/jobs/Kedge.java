// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs;

import dev.kedge.jobs.cli.KedgeCommand;
import dev.kedge.jobs.cli.KedgeProcess;

/** The kedge command. */
public final class Kedge {
    private Kedge() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(KedgeProcess.run(KedgeCommand.commandLine(), arguments));
    }
}
