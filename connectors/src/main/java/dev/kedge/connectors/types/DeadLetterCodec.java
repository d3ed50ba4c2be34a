// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link DeadLetter}s. Savepoints know this class by its name. */
public final class DeadLetterCodec implements BinaryCodec<DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(DeadLetter value, DataOutputView to) throws IOException {
        OriginCodec.writeOrigin(value.origin(), to);
        Views.writeBytes(value.original(), to);
        Constants.write(value.reason(), to);
        Views.writeText(value.message(), to);
    }

    @Override
    public DeadLetter read(DataInputView from) throws IOException {
        return new DeadLetter(
                OriginCodec.readOrigin(from),
                Views.readBytes(from),
                Constants.read(DeadLetter.Reason.class, from),
                Views.readText(from));
    }
}
