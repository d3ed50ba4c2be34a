// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import java.util.Locale;

/** The kedge command. */
public final class Kedge {
    private Kedge() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        // Kedge formats by Locale.ROOT; this is for the libraries below it, which write durations,
        // for example, in digits of the JVM's language that they cannot read back.
        Locale.setDefault(Locale.ROOT);
        System.exit(KedgeProcess.run(KedgeCommand.commandLine(), arguments));
    }
}
