// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.state.parameters;

/**
 * A named, row-major matrix inside the flat parameter vector.
 *
 * @param name unique name, for example {@code encoder/hidden/weight}
 * @param offset index of its first element in the vector
 * @param rows number of rows
 * @param columns number of columns
 */
public record Slice(String name, int offset, int rows, int columns) {
    /** Number of elements. */
    public int size() {
        return rows * columns;
    }

    /** Index just past its last element. */
    public int end() {
        return offset + size();
    }
}
