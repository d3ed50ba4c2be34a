// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import dev.kedge.jobs.state.StateException;
import picocli.CommandLine.Option;

/** How much is told one by one. */
final class LimitOption {
    @Option(
            names = "--limit",
            defaultValue = "20",
            paramLabel = "N",
            description =
                    "Most models, and most parts of each that differ, to tell one by one (default: ${DEFAULT-VALUE}).")
    private int limit;

    int limit() {
        if (limit < 1) {
            throw new StateException("--limit: " + limit + " is not allowed; it must be 1 or more");
        }
        return limit;
    }
}
