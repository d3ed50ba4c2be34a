// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import picocli.CommandLine.Option;

/** Which operator of a savepoint keeps the models. */
final class OperatorOption {
    @Option(
            names = "--uid",
            defaultValue = "learn",
            paramLabel = "UID",
            description = "Uid of the operator that keeps the models (default: ${DEFAULT-VALUE}).")
    private String uid;

    String uid() {
        return uid;
    }
}
