// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.json;

import java.nio.file.Path;

/** Files that were sent to a task with its job, by name. */
@FunctionalInterface
public interface SentFiles {
    /**
     * Where a file lies on the task's machine.
     *
     * @throws IllegalArgumentException if none of this name was sent
     */
    Path find(String name);
}
