// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.record;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a record is taken apart and put together again: its components, walked once. Safe for several
 * threads.
 */
public final class RecordShape {
    private static final Map<Class<?>, Object> EMPTY =
            Map.ofEntries(
                    Map.entry(Long.class, 0L),
                    Map.entry(Integer.class, 0),
                    Map.entry(Double.class, 0.0),
                    Map.entry(Boolean.class, false),
                    Map.entry(String.class, ""),
                    Map.entry(Optional.class, Optional.empty()),
                    Map.entry(List.class, List.of()));

    private final BoundType type;
    private final MethodHandles.Lookup lookup;
    private final List<Field> fields = new ArrayList<>();
    private final List<Field> derived = new ArrayList<>();
    private final MethodHandle constructor;

    /**
     * A component, or what is {@link Derived} from them.
     *
     * @param name its name
     * @param type its type
     * @param annotated where its annotations are
     * @param accessor takes the record as an {@link Object}, returns the component as it is
     * @param boxed the same, returning an {@link Object}
     */
    public record Field(
            String name,
            BoundType type,
            AnnotatedElement annotated,
            MethodHandle accessor,
            MethodHandle boxed) {
        /** What it is in a record. */
        public Object of(Object record) {
            try {
                return (Object) boxed.invokeExact(record);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        /** Whether it has an annotation. */
        public boolean is(Class<? extends Annotation> annotation) {
            return annotated.isAnnotationPresent(annotation);
        }

        /** The first version that has it; 0 if all have. */
        public int since() {
            Since since = annotated.getAnnotation(Since.class);
            return since == null ? 0 : since.value();
        }

        /**
         * What it is in versions that lack it.
         *
         * @throws IllegalStateException if its type knows nothing empty
         */
        public Object empty() {
            return Optional.ofNullable(EMPTY.get(type.raw()))
                    .orElseThrow(() -> new IllegalStateException(name + " cannot be empty"));
        }
    }

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
        try {
            lookup = MethodHandles.privateLookupIn(raw, MethodHandles.lookup());
            RecordComponent[] components = raw.getRecordComponents();
            for (RecordComponent one : components) {
                fields.add(field(one.getAccessor(), one.getGenericType(), one));
            }
            for (Method method : raw.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Derived.class)) {
                    derived.add(field(method, method.getGenericReturnType(), method));
                }
            }
            derived.sort(Comparator.comparing(Field::name));
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
            constructor =
                    lookup.unreflectConstructor(raw.getDeclaredConstructor(types))
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(raw.getName() + " cannot be taken apart", e);
        }
    }

    private Field field(Method method, Type returned, AnnotatedElement annotated)
            throws IllegalAccessException {
        MethodHandle accessor = lookup.unreflect(method);
        MethodHandle opened = accessor.asType(accessor.type().changeParameterType(0, Object.class));
        return new Field(
                method.getName(),
                type.inner(returned),
                annotated,
                opened,
                opened.asType(MethodType.methodType(Object.class, Object.class)));
    }

    /**
     * The newest version since which a component has been there, of a type or of those in it; 0 if
     * all were there always.
     */
    public static int newestSince(BoundType type) {
        int newest = type.arguments().stream().mapToInt(RecordShape::newestSince).max().orElse(0);
        if (type.raw().isRecord()) {
            for (Field field : new RecordShape(type).fields) {
                newest = Math.max(newest, Math.max(field.since(), newestSince(field.type())));
            }
        }
        return newest;
    }

    /** The components, in order. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** What is {@link Derived} from them, by name. */
    public List<Field> derived() {
        return List.copyOf(derived);
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
