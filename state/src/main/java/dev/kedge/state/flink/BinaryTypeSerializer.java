// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Flink's serializer over a {@link BinaryCodec}. It copies by handing over, because the values are
 * immutable, and it is safe for several threads, because the codec has no state.
 *
 * @param <T> type of the values
 */
public final class BinaryTypeSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final BinaryCodec<T> codec;
    private final int readVersion;

    /** Reads and writes the codec's newest form. */
    public BinaryTypeSerializer(BinaryCodec<T> codec) {
        this(codec, codec.version());
    }

    BinaryTypeSerializer(BinaryCodec<T> codec, int readVersion) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.readVersion = readVersion;
    }

    @Override
    public void serialize(T value, DataOutputView to) throws IOException {
        codec.write(value, to);
    }

    @Override
    public T deserialize(DataInputView from) throws IOException {
        return readVersion == codec.version() ? codec.read(from) : codec.read(readVersion, from);
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
        return new BinaryTypeSerializerSnapshot<>(codec, codec.version());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryTypeSerializer<?> that
                && that.codec.getClass() == codec.getClass()
                && that.readVersion == readVersion;
    }

    @Override
    public int hashCode() {
        return Objects.hash(codec.getClass(), readVersion);
    }
}
