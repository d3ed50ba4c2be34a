// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.learner;

import dev.kedge.state.api.PublicApi;

/** The optimisers that a continual classifier can have. */
@PublicApi
public enum OptimiserName {
    /** Stochastic gradient descent, with momentum and decay if they are above 0. */
    SGD,
    /** Adam; with decay it is AdamW. */
    ADAM
}
