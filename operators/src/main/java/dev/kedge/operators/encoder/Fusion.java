// Copyright the Kedge authors. Licensed under the Apache License, Version 2.0; see LICENSE.
package dev.kedge.operators.encoder;

import dev.kedge.state.api.PublicApi;

/** How the modalities of a creative come together. */
@PublicApi
public enum Fusion {
    /** Side by side. */
    CONCATENATED,
    /** Side by side, every input weighed by a gate that the categories set. */
    GATED
}
