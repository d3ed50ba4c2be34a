// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.jobs.state;

import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.BinaryTypeInfo;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Takes {@link PartPiece}s from the task that reads a savepoint to the command. */
public final class PartPieceCodec implements BinaryCodec<PartPiece> {
    private static final long serialVersionUID = 1L;

    static final BinaryTypeInfo<PartPiece> TYPE =
            new BinaryTypeInfo<>(PartPiece.class, new PartPieceCodec());

    /** For Flink. */
    public PartPieceCodec() {}

    @Override
    public void write(PartPiece piece, DataOutputView to) throws IOException {
        Views.writeText(piece.model(), to);
        Views.writeText(piece.part(), to);
        Views.writeBytes(piece.bytes(), to);
        to.writeBoolean(piece.last());
    }

    @Override
    public PartPiece read(DataInputView from) throws IOException {
        return new PartPiece(
                Views.readText(from),
                Views.readText(from),
                Views.readBytes(from),
                Views.readBoolean(from));
    }
}
