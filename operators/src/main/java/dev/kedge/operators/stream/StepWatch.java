// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;

/**
 * Is told of each step of learning, for metrics. What it is told reaches nothing else: a model ends
 * with the same bytes whoever watches.
 */
@PublicApi
public interface StepWatch {
    /** A step begins: the forward pass is next. */
    default void begins() {}

    /**
     * A step was made.
     *
     * @param losses value of each part of the loss before the step, in the order of {@link
     *     LiveModels.Shared#lossParts()}; valid during the call
     */
    default void made(double[] losses) {}
}
