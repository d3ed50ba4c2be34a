// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.api.PublicApi;

/** By which embeddings a detection and an instance are compared. */
@PublicApi
public enum Appearance {
    /** By the learned one alone (CTVIS). */
    LEARNED,
    /**
     * By the learned one and by the one that came in: the mean of both cosines, the learned one's
     * on the scale of the other's.
     */
    BOTH
}
