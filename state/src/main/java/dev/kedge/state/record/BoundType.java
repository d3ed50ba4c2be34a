// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.record;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A type whose parameters are known.
 *
 * @param raw the type without its parameters; a primitive as its box
 * @param arguments what its parameters stand for, in order
 */
public record BoundType(Class<?> raw, List<BoundType> arguments) {
    /** Checks the number of arguments. */
    public BoundType {
        raw = MethodType.methodType(raw).wrap().returnType();
        arguments = List.copyOf(arguments);
        if (arguments.size() != raw.getTypeParameters().length) {
            throw new IllegalArgumentException(
                    raw.getName()
                            + " has "
                            + raw.getTypeParameters().length
                            + " parameters, not "
                            + arguments.size());
        }
    }

    /** A type whose parameters, if it has any, are types without parameters. */
    public static BoundType of(Class<?> raw, Class<?>... arguments) {
        return new BoundType(raw, Arrays.stream(arguments).map(BoundType::of).toList());
    }

    /** What the first parameter stands for. */
    public BoundType first() {
        return arguments.get(0);
    }

    /**
     * A type that is spelled inside this one.
     *
     * @throws IllegalArgumentException if it is neither a class nor one of this type's parameters
     */
    BoundType inner(Type type) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof ParameterizedType generic) {
            List<BoundType> inner = new ArrayList<>();
            for (Type argument : generic.getActualTypeArguments()) {
                inner.add(inner(argument));
            }
            return new BoundType((Class<?>) generic.getRawType(), inner);
        }
        if (type instanceof TypeVariable<?> variable) {
            return arguments.get(List.of(raw.getTypeParameters()).indexOf(variable));
        }
        throw new IllegalArgumentException(raw.getName() + ": no form for " + type);
    }
}
