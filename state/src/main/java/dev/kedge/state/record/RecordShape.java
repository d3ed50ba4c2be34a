// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a record is taken apart and put together again: its components, walked once. Safe for several
 * threads.
 */
public final class RecordShape {
    private static final Class<?> OBJECT = Object.class;

    private final BoundType type;
    private final List<Field> fields;
    private final MethodHandle constructor;

    /**
     * A component.
     *
     * @param name its name
     * @param type its type
     * @param component what the compiler kept of it, annotations for example
     * @param accessor takes the record as an {@link Object}, returns the component as it is
     */
    public record Field(
            String name, BoundType type, RecordComponent component, MethodHandle accessor) {}

    /**
     * Walks a record's components.
     *
     * @throws IllegalArgumentException if it is no record
     */
    public RecordShape(BoundType type) {
        this.type = type;
        Class<?> raw = type.raw();
        if (!raw.isRecord()) {
            throw new IllegalArgumentException(raw.getName() + " is no record");
        }
        RecordComponent[] components = raw.getRecordComponents();
        try {
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(raw, MethodHandles.lookup());
            List<Field> walked = new ArrayList<>(components.length);
            for (RecordComponent component : components) {
                MethodHandle accessor = lookup.unreflect(component.getAccessor());
                walked.add(
                        new Field(
                                component.getName(),
                                type.inner(component.getGenericType()),
                                component,
                                accessor.asType(accessor.type().changeParameterType(0, OBJECT))));
            }
            fields = List.copyOf(walked);
            Constructor<?> canonical =
                    raw.getDeclaredConstructor(
                            Arrays.stream(components)
                                    .map(RecordComponent::getType)
                                    .toArray(Class<?>[]::new));
            constructor =
                    lookup.unreflectConstructor(canonical)
                            .asSpreader(Object[].class, components.length)
                            .asType(MethodType.methodType(OBJECT, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(raw.getName() + " cannot be taken apart", e);
        }
    }

    /** The record's type. */
    public BoundType type() {
        return type;
    }

    /** The components, in order. */
    public List<Field> fields() {
        return fields;
    }

    /**
     * Puts a record together.
     *
     * @param values of all components, in order
     * @throws RuntimeException whatever its constructor refuses them with
     */
    public Object make(Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
