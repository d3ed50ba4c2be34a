// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.tracker.StreamFrame;

/**
 * Writes frames with the bytes that they were read from. Savepoints know this class by its name.
 */
public final class IncomingFrameCodec extends IncomingCodec<StreamFrame> {
    private static final long serialVersionUID = 1L;

    /** A codec. */
    public IncomingFrameCodec() {
        super(new StreamFrameCodec());
    }
}
