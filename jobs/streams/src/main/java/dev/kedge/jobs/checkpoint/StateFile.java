// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.nio.file.Path;

/**
 * A file that a checkpoint needs.
 *
 * @param path where it is
 * @param bytes how long it is at least
 * @param table whether it is a table of RocksDB, which carries checksums of its own
 */
record StateFile(Path path, long bytes, boolean table) {}
