// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's description of a type that a {@link BinaryCodec} writes.
 *
 * @param <T> the type
 */
public final class BinaryTypeInfo<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? super T> type;
    private final BinaryCodec<T> codec;

    /**
     * Describes a type.
     *
     * @param type the type's class; for a generic type the class without its parameters
     * @param codec writes and reads it
     */
    public BinaryTypeInfo(Class<? super T> type, BinaryCodec<T> codec) {
        this.type = Objects.requireNonNull(type, "type");
        this.codec = Objects.requireNonNull(codec, "codec");
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer();
    }

    /** The serializer; it needs no configuration. */
    public TypeSerializer<T> serializer() {
        return new BinaryTypeSerializer<>(codec);
    }

    // A generic type has no class of its own: Class<Incoming> stands for Class<Incoming<E>>.
    @SuppressWarnings("unchecked")
    @Override
    public Class<T> getTypeClass() {
        return (Class<T>) type;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof BinaryTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BinaryTypeInfo<?> that
                && that.type == type
                && that.codec.getClass() == codec.getClass();
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, codec.getClass());
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " by " + codec.getClass().getSimpleName();
    }
}
