// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.parameters;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of everything in a flat parameter vector, in the order of their declaration.
 * Immutable.
 */
public final class Layout {
    private final Map<String, Slice> slices;
    private final int size;

    private Layout(Map<String, Slice> slices, int size) {
        this.slices = slices;
        this.size = size;
    }

    /** Starts an empty layout. */
    public static Builder builder() {
        return new Builder();
    }

    /** Number of elements of the whole vector. */
    public int size() {
        return size;
    }

    /**
     * Finds a slice.
     *
     * @throws IllegalArgumentException if nothing was declared by that name
     */
    public Slice slice(String name) {
        Slice slice = slices.get(name);
        if (slice == null) {
            throw new IllegalArgumentException(
                    "no parameter is named '" + name + "'; there are " + slices.keySet());
        }
        return slice;
    }

    /** All slices in order of declaration. */
    public List<Slice> slices() {
        return List.copyOf(slices.values());
    }

    /** Whether something was declared by that name. */
    public boolean contains(String name) {
        return slices.containsKey(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layout that && slices().equals(that.slices());
    }

    @Override
    public int hashCode() {
        return slices().hashCode();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Slice slice : slices.values()) {
            parts.add(slice.name() + "[" + slice.rows() + "x" + slice.columns() + "]");
        }
        return String.join(", ", parts);
    }

    /** Collects declarations. */
    public static final class Builder {
        private final Map<String, Slice> slices = new LinkedHashMap<>();
        private int size;

        /**
         * Declares a matrix.
         *
         * @return its place
         * @throws IllegalArgumentException if the name is taken or a side is not positive
         */
        public Slice add(String name, int rows, int columns) {
            if (rows <= 0 || columns <= 0) {
                throw new IllegalArgumentException(
                        name + " must have positive sides, not " + rows + "x" + columns);
            }
            Slice slice = new Slice(name, size, rows, columns);
            if (slices.putIfAbsent(name, slice) != null) {
                throw new IllegalArgumentException("parameter '" + name + "' is declared twice");
            }
            size = Math.addExact(size, Math.multiplyExact(rows, columns));
            return slice;
        }

        /** The finished layout. */
        public Layout build() {
            return new Layout(new LinkedHashMap<>(slices), size);
        }
    }
}
