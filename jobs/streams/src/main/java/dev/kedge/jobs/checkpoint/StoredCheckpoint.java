// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint or savepoint that is complete, which is to say nothing of its health.
 *
 * @param folder its folder
 * @param run folder of the run that took it; a savepoint's own
 * @param number its number within the run
 * @param completed when it was complete, in milliseconds since 1970
 */
record StoredCheckpoint(Path folder, Path run, long number, long completed) {
    String name() {
        return folder.getFileName().toString();
    }

    Path metadata() {
        return folder.resolve(CheckpointCheck.METADATA);
    }

    Path damageMark() {
        Path sums = Checksums.fileOf(folder);
        return sums.resolveSibling(sums.getFileName() + ".damaged");
    }
}
