// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.flink.api;

import dev.kedge.operators.stream.DeadLetter;
import dev.kedge.operators.stream.Incoming;
import dev.kedge.operators.stream.Origin;
import dev.kedge.state.flink.RecordType;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives events the bytes that a model hands back when it refuses them, and reads these again.
 *
 * @param type type of the events
 * @param name where they are said to come from
 * @param <E> type of the events
 */
record EventForm<E>(Class<E> type, String name) implements Serializable {
    private static final int USUAL_BYTES = 256;

    private TypeSerializer<E> serializer() {
        return RecordType.forRecord(type).serializer();
    }

    Refused<E> read(TypeSerializer<E> serializer, DeadLetter letter) {
        try {
            E event = serializer.deserialize(new DataInputDeserializer(letter.original()));
            return new Refused<>(event, letter.reason(), letter.message());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the way in. */
    static final class Wrap<E> extends ProcessFunction<E, Incoming<E>> {
        private static final long serialVersionUID = 1L;

        private final EventForm<E> form;
        private transient TypeSerializer<E> serializer;
        private transient DataOutputSerializer bytes;

        Wrap(EventForm<E> form) {
            this.form = form;
        }

        @Override
        public void open(OpenContext context) {
            serializer = form.serializer();
            bytes = new DataOutputSerializer(USUAL_BYTES);
        }

        @Override
        public void processElement(E event, Context context, Collector<Incoming<E>> out)
                throws IOException {
            bytes.clear();
            serializer.serialize(event, bytes);
            Long timestamp = context.timestamp();
            long produced = timestamp == null ? -1 : timestamp;
            Origin origin = new Origin(form.name(), 0, -1, produced);
            out.collect(new Incoming<>(event, origin, bytes.getCopyOfBuffer()));
        }
    }

    /** On the way out. */
    static final class Unwrap<E> extends ProcessFunction<DeadLetter, Refused<E>> {
        private static final long serialVersionUID = 1L;

        private final EventForm<E> form;
        private transient TypeSerializer<E> serializer;

        Unwrap(EventForm<E> form) {
            this.form = form;
        }

        @Override
        public void open(OpenContext context) {
            serializer = form.serializer();
        }

        @Override
        public void processElement(DeadLetter letter, Context context, Collector<Refused<E>> out) {
            out.collect(form.read(serializer, letter));
        }
    }
}
