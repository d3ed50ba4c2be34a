// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.binary;

/** Bytes that should be a snapshot are not, or are of a kind that this build cannot read. */
public final class DamagedSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public DamagedSnapshotException(String message) {
        super(message);
    }
}
