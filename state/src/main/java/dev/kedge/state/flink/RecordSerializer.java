// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import dev.kedge.state.record.BoundType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer over a {@link RecordForm}. It copies by handing over, because records are
 * immutable, and it is safe for several threads. It is for what crosses between operators and is in
 * no savepoint: Flink is refused a snapshot of it.
 *
 * @param <T> type of the records
 */
final class RecordSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? super T> type;
    private final Class<?>[] arguments;
    private final transient RecordForm<T> form;

    RecordSerializer(Class<? super T> type, Class<?>... arguments) {
        this.type = type;
        this.arguments = arguments;
        form = new RecordForm<>(BoundType.of(type, arguments));
    }

    /** On the task the record is walked again. */
    private Object readResolve() {
        return new RecordSerializer<>(type, arguments);
    }

    @Override
    public void serialize(T value, DataOutputView to) throws IOException {
        form.write(value, to);
    }

    @Override
    public T deserialize(DataInputView from) throws IOException {
        return form.read(from);
    }

    @Override
    public T deserialize(T reuse, DataInputView from) throws IOException {
        return deserialize(from);
    }

    @Override
    public void copy(DataInputView from, DataOutputView to) throws IOException {
        serialize(deserialize(from), to);
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    /** Immutable values cannot be made empty; Flink allows null here and never fills it in. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        throw new UnsupportedOperationException(
                type.getName() + " crosses between operators and is kept in no state");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordSerializer<?> that
                && that.type == type
                && Arrays.equals(that.arguments, arguments);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(arguments);
    }
}
