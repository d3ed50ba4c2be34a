// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.stream;

import dev.kedge.state.api.PublicApi;

/**
 * A step of learning that is ready to be made. All that it reads and changes is its own model's,
 * and nobody touches that until it is made: so it does not matter when that is, nor which steps of
 * other models are made with it.
 */
@PublicApi
@FunctionalInterface
public interface LearningStep {
    /** Makes it. */
    void make();
}
