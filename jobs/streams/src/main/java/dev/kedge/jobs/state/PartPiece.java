// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.state.flink.RecordType;

/**
 * A piece of a part on its way from the task that reads a savepoint to the command: Flink takes no
 * record of more than two megabytes there.
 *
 * @param model name of the model
 * @param part name of the part; empty for a model that nobody asked for
 * @param bytes the piece
 * @param last whether the part ends with it
 */
record PartPiece(String model, String part, byte[] bytes, boolean last) {
    /** How it is taken there. */
    static final RecordType<PartPiece> TYPE = RecordType.forRecord(PartPiece.class);

    static final int LONGEST = 256 * 1024;

    /** Says that there is such a model, and nothing of it. */
    static PartPiece skipped(String model) {
        return new PartPiece(model, "", new byte[0], true);
    }
}
