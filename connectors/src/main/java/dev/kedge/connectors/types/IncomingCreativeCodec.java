// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.creative.CreativeEvent;

/**
 * Writes creative events with the bytes that they were read from. Savepoints know this class by its
 * name.
 */
public final class IncomingCreativeCodec extends IncomingCodec<CreativeEvent> {
    private static final long serialVersionUID = 1L;

    /** A codec. */
    public IncomingCreativeCodec() {
        super(new CreativeEventCodec());
    }
}
