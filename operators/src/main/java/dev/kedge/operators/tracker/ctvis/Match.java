// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.tracker.ctvis;

import dev.kedge.state.api.PublicApi;

/** How alike detections and bank entries are. */
@PublicApi
public enum Match {
    /** The mean of the softmax over entries and the softmax over detections, of dot products. */
    BISOFTMAX,
    /** The cosine; 0 for a vector without length. */
    COSINE
}
