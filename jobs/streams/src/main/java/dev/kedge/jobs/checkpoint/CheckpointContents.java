// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.checkpoint;

import java.util.List;

/**
 * What the metadata of a checkpoint names.
 *
 * @param number the checkpoint's number
 * @param files files of this machine that it needs
 * @param tables tables of RocksDB that lie in the metadata itself
 */
record CheckpointContents(long number, List<StateFile> files, List<Inlined> tables) {
    /**
     * A stretch of the metadata.
     *
     * @param at its first byte
     * @param bytes its length
     */
    record Inlined(long at, int bytes) {}
}
