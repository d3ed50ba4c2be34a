// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.flink;

import dev.kedge.state.api.PublicApi;
import dev.kedge.state.record.BoundType;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's description of records that cross between operators, derived from their components.
 *
 * @param <T> type of the records
 */
@PublicApi
public final class RecordType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? super T> type;
    private final Class<?>[] arguments;

    private RecordType(Class<? super T> type, Class<?>... arguments) {
        this.type = type;
        this.arguments = arguments;
        // What has no form is noticed where the job is built, not on a task.
        new RecordForm<T>(BoundType.of(type, arguments));
    }

    /**
     * Describes a record, or the sealed interface of several.
     *
     * @throws IllegalArgumentException if a component has a type without a form
     */
    public static <T> RecordType<T> forRecord(Class<T> type) {
        return new RecordType<>(type);
    }

    /**
     * Describes a record with type parameters.
     *
     * @param type the record without them
     * @param arguments what they stand for, in order
     */
    public static <T> RecordType<T> forRecord(Class<? super T> type, Class<?>... arguments) {
        return new RecordType<>(type, arguments.clone());
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer();
    }

    /** The serializer; it needs no configuration. */
    public TypeSerializer<T> serializer() {
        return new RecordSerializer<>(type, arguments);
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
        return other instanceof RecordType;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType<?> that
                && that.type == type
                && Arrays.equals(that.arguments, arguments);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
        return type.getSimpleName()
                + (arguments.length == 0
                        ? ""
                        : List.of(arguments).stream().map(Class::getSimpleName).toList());
    }
}
