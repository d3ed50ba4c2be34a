// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.classifier.ClassifierEvent;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes samples and labels with the bytes that they were read from. Savepoints know this class by
 * its name.
 */
public final class IncomingClassifierCodec implements BinaryCodec<Incoming<ClassifierEvent>> {
    private static final long serialVersionUID = 1L;

    private final ClassifierEventCodec events = new ClassifierEventCodec();

    @Override
    public void write(Incoming<ClassifierEvent> value, DataOutputView to) throws IOException {
        events.write(value.event(), to);
        OriginCodec.writeOrigin(value.origin(), to);
        Views.writeBytes(value.original(), to);
    }

    @Override
    public Incoming<ClassifierEvent> read(DataInputView from) throws IOException {
        return new Incoming<>(
                events.read(from), OriginCodec.readOrigin(from), Views.readBytes(from));
    }
}
