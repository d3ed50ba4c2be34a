// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a demo keeps its files while it runs. */
final class DemoFolder {
    private DemoFolder() {}

    static Path create() {
        try {
            return Files.createTempDirectory("kedge-demo");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
