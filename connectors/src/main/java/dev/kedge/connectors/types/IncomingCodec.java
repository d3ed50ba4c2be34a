// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.connectors.types;

import dev.kedge.operators.stream.Incoming;
import dev.kedge.state.flink.BinaryCodec;
import dev.kedge.state.flink.Views;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes events with the bytes that they were read from: event, origin, original. Each kind of
 * event has a class of its own, because savepoints know a codec by the name of its class.
 *
 * @param <E> type of the events
 */
abstract class IncomingCodec<E> implements BinaryCodec<Incoming<E>> {
    private static final long serialVersionUID = 1L;

    private final BinaryCodec<E> events;

    IncomingCodec(BinaryCodec<E> events) {
        this.events = events;
    }

    @Override
    public final void write(Incoming<E> value, DataOutputView to) throws IOException {
        events.write(value.event(), to);
        OriginCodec.writeOrigin(value.origin(), to);
        Views.writeBytes(value.original(), to);
    }

    @Override
    public final Incoming<E> read(DataInputView from) throws IOException {
        return new Incoming<>(
                events.read(from), OriginCodec.readOrigin(from), Views.readBytes(from));
    }
}
