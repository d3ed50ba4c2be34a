// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes where a record came from, as a part of what came. */
public final class OriginCodec {
    private OriginCodec() {}

    /** Writes an origin. */
    public static void writeOrigin(Origin origin, DataOutputView to) throws IOException {
        Views.writeText(origin.topic(), to);
        Views.writeLong(origin.partition(), to);
        Views.writeLong(origin.offset(), to);
        Views.writeLong(origin.timestamp(), to);
    }

    /** Reads what {@link #writeOrigin} wrote. */
    public static Origin readOrigin(DataInputView from) throws IOException {
        return new Origin(
                Views.readText(from),
                Views.readInt(from),
                Views.readLong(from),
                Views.readLong(from));
    }
}
