// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.stream.Command;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Command}s, as a part of what {@link IncomingCommandCodec} writes. */
final class CommandCodec implements BinaryCodec<Command> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(Command value, DataOutputView to) throws IOException {
        Views.writeBytes(value.toBytes(), to);
    }

    @Override
    public Command read(DataInputView from) throws IOException {
        return Command.fromBytes(Views.readBytes(from));
    }
}
