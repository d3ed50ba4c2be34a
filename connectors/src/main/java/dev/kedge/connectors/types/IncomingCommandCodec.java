// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.stream.Command;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes commands with the bytes that they were read from. Savepoints know this class by its name.
 */
public final class IncomingCommandCodec implements BinaryCodec<Incoming<Command>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(Incoming<Command> value, DataOutputView to) throws IOException {
        Views.writeBytes(value.event().toBytes(), to);
        OriginCodec.writeOrigin(value.origin(), to);
        Views.writeBytes(value.original(), to);
    }

    @Override
    public Incoming<Command> read(DataInputView from) throws IOException {
        return new Incoming<>(
                Command.fromBytes(Views.readBytes(from)),
                OriginCodec.readOrigin(from),
                Views.readBytes(from));
    }
}
