// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

/** Changes the numbers of a row before they are encoded. */
@FunctionalInterface
public interface InputScaling {
    /** Changes nothing. */
    InputScaling NONE = (values, at) -> {};

    /**
     * Changes a row in place.
     *
     * @param values rows
     * @param at index of the row's first value
     */
    void apply(float[] values, int at);
}
