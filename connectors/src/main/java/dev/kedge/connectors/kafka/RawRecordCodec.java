// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.kafka;

import dev.kedge.connectors.types.OriginCodec;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link RawRecord}s. Savepoints know this class by its name. */
public final class RawRecordCodec implements BinaryCodec<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(RawRecord value, DataOutputView to) throws IOException {
        OriginCodec.writeOrigin(value.origin(), to);
        Views.writeBytes(value.key(), to);
        Views.writeBytes(value.value(), to);
        to.writeBoolean(value.tombstone());
    }

    @Override
    public RawRecord read(DataInputView from) throws IOException {
        return new RawRecord(
                OriginCodec.readOrigin(from),
                Views.readBytes(from),
                Views.readBytes(from),
                Views.readBoolean(from));
    }
}
